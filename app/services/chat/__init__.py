"""A question's way to its checked answer; the way in is `service.ChatService.answer`.

An `AnswerContext` (`context`) is filled step by step: `passage_finder` puts in what was found
(`questions` makes it stand alone and plans what is looked at), `answer_writer` asks the model with
the `prompt` (a table may be computed by `sheet_questions` from a `sheet_prompt`, without a model
`extraction` quotes) and checks the citations; the result is a `GeneratedAnswer`. `read_states`
keeps what the model has read of a conversation, `answer_style` is how an assistant answers,
`adapter_compare` asks base and adapter the same, `answer_log` is what the log knows of an answer.
"""
