"""What real stacks accept and refuse, and the text with which they refuse: models of them, measured against them.

Each module has `judge(description, type, against, previous)` for a remote description of the type "offer" or
"answer", `against` being the offer of an answer and `previous` the remote description that held before, and
`judge_candidate(text)` for addIceCandidate. They know nothing of the rules, and the rules nothing of them: what is
wrong and what a stack says to it are two questions.
"""
