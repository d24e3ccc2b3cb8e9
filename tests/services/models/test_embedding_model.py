"""Vectors of two embedding models are never compared, and nobody deletes the profile in use."""

import pytest

from app.domain.errors import AccessDenied, OtherEmbeddingModel
from tests.services.conftest import House


def test_another_embedding_model_is_refused_in_words(house: House) -> None:
    house.services.library.add([house.file("a.txt", "The warehouse closes at six.")])
    (opened,) = house.services.library.open_collections
    opened.store.set_fact("embedding-model", "some-other-model")
    with pytest.raises(OtherEmbeddingModel) as refused:
        house.services.retrieval.find("When does the warehouse close?")
    assert refused.value.facts["stored"] == "some-other-model"
    with pytest.raises(OtherEmbeddingModel):
        house.services.library.add([house.file("b.txt", "The gate opens at seven.")])
    house.services.library.reindex()
    assert house.services.retrieval.find("When does the warehouse close?").segments


def test_the_profile_in_use_cannot_be_deleted(house: House) -> None:
    with pytest.raises(AccessDenied):
        house.services.profiles.delete(house.services.name.upper())
