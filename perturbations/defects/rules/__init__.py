"""One module per rule: `recheck` answers a witness, `find` looks over a whole reading.

Both read the values from the text through the recognisers; neither knows any perturbation.
"""
