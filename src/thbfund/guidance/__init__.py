"""PREPARE: what comes before and around an application: things to have ready, whom to ask, when money can come."""
