"""A run in a process of its own; the way in is `trainer.Trainer`, what crosses the pipe stands
in `app.engines.training_messages` and is packed by `wire`.

`process` is the child, `loop` the steps, `divergence` what ends them early, `batches` and
`learned_loss` what a step reads, `footprint` what it takes of the computer. `plain_training` is
what anybody would write, to measure against.
"""
