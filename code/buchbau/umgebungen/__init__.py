"""Welche Pakete wo gebraucht werden, alles aus dem einen Lock.

`auszug` cuts the list for Binder out of `requirements.txt`; `zusatz` holds what only some
runs need beyond it (JAX, CUDA, executors for clusters), locked in a file each, so that
nobody else has to install it and no chapter runs again because of it.
"""
