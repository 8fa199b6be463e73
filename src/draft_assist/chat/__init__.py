"""Questions in plain words: by rules and search, and with a model where there is one.

    engine.py     Engine.ask(question, conversation) -> events: steps, pieces of text, the reply with its sources
    intents.py    what a question asks for
    sources.py    what an answer rests on, numbered

Without a model each kind of question has a module that answers it: articles, powers, lawful, citing, likeness,
requirements, searching, talk. With one, an agent has the same as tools (agent.py, tools.py), and every sentence of its
is verified before it is shown (verified.py).
"""
