"""LangChain as it usually indexes a folder: loaders, splitter, embeddings, Chroma on the disk.

`python -m tests.bench.peers.langchain_chroma FOLDER MODEL STORE` prints what it did as JSON; the
time begins when the model is loaded, as that of `larets bench ingest` does.
"""

import json
import sys
import time
from pathlib import Path

from tests.bench.peers.langchain import CHUNK, OVERLAP

THREADS = 2


def main(folder: Path, model: str, store: str) -> None:
    import torch
    from langchain_community.document_loaders import PyMuPDFLoader, TextLoader
    from langchain_community.vectorstores import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    torch.set_num_threads(THREADS)
    embeddings = HuggingFaceEmbeddings(
        model_name=model,
        model_kwargs={"device": "cpu", "local_files_only": True,
                      "model_kwargs": {"dtype": torch.float32}},
        encode_kwargs={"normalize_embeddings": True, "prompt_name": "passage"},
    )  # fmt: skip
    embeddings.embed_query("warm")
    began = time.perf_counter()
    pages = []
    for path in sorted(folder.iterdir()):
        pdf = path.suffix.lower() == ".pdf"
        pages += (PyMuPDFLoader(str(path)) if pdf else TextLoader(str(path), "utf-8")).load()
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    chunks = splitter.split_documents(pages)
    database = Chroma(persist_directory=store, embedding_function=embeddings)
    for begin in range(0, len(chunks), 1000):
        database.add_documents(chunks[begin : begin + 1000])
    seconds = time.perf_counter() - began
    characters = sum(len(each.page_content) for each in chunks)
    text = sum(len(each.page_content) for each in pages)
    report = {"passages": len(chunks), "characters": characters, "text": text, "seconds": seconds}
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
