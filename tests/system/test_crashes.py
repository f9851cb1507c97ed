"""What a run leaves behind when it is killed, interrupted, out of room or in another's way, and how the next mends it.

Each test runs the command line in processes of its own, on the first 120 messages of the sample.
"""
