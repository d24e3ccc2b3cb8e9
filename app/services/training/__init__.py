"""Adapter training; the way in is `service.TrainingService`.

`examples` turns rows into the prompts of an answer, `estimate` measures what a run will take,
`runs` listens to the process of a run (through a lock too) while `watch` minds the computer,
`report` says what the adapter changes. Which state follows which stands in
`app.domain.training.lifecycle`.
"""
