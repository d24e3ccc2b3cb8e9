"""What a question asks for: `kinds` (as its wording tells), `document_sets` (which documents it
means), `whole` (what asks about a document as a whole), `comparing` (which of several values comes
first), `followup` (what leans on the conversation).
"""
