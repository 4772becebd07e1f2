# Das Buch als Abbild: cpu zum Schreiben und Bauen, gpu dazu mit CUDA für TensorFlow.
# Gebaut wurde es noch nie: Wo diese Datei entstand, lief kein Docker. Ihre Schritte liefen
# dort in einem frischen Ordner unter Python 3.11, die von gpu nur als Probelauf von uv.
#
#   docker build --target cpu -t buch .        docker build --target gpu -t buch-gpu .
#   docker run --rm -v "$PWD":/arbeit -w /arbeit buch make html
#
# .venv und node_modules liegen im Abbild unter /buch; ein Klon, der anderswo liegt, benutzt
# sie mit (DLBUCH_UMGEBUNG) und lädt nur, was in seinem Lock anders ist.
FROM python:3.12-slim-bookworm AS grund
RUN apt-get update \
    && apt-get install -y --no-install-recommends git make \
    && rm -rf /var/lib/apt/lists/*
ENV PYTHONUTF8=1 PIP_NO_CACHE_DIR=1 DLBUCH_UMGEBUNG=/buch
WORKDIR /buch
# Nur was die Pakete bestimmt: Ein neuer Satz im Text baut diese Schicht nicht neu.
COPY Makefile pyproject.toml requirements.txt package.json package-lock.json .npmrc ./
COPY code/buchbau code/buchbau
RUN make einrichtung

FROM grund AS cpu
RUN make browser latex
CMD ["make"]

FROM grund AS gpu
# TensorFlow sucht CUDA neben sich, darum in dieselbe Umgebung. Den Treiber bringt der
# Rechner mit: docker run --gpus all …
RUN .venv/bin/python -m buchbau.umgebungen gpu --hier
CMD ["make"]
