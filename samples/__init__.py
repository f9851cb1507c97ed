"""The sample mailbox: a fictional client with two contract manufacturers, its generator and its ground truth.

Run `python -m samples.generate --help`. Nothing here is imported by the product, and no spelling here looks at what the
product can read: the writers write, `truth.json` says what they meant.
"""
