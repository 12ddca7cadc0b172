"""EVALUATE: labelled projects -> hit@k, MRR and nDCG, for our ranking and the peers' methods.

Nothing is imported here: whoever only reads records should not have to load scikit-learn.
"""
