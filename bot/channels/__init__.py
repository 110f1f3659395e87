"""The ways in, one file each, all of the same shape.

A channel translates its provider's words into an Inbound, hands it to
`answer_inbound`, and translates the stored replies back. It decides nothing.
"""
