"""Measures obstore against the null server: measure_obstore.py WORKLOAD URL OPERATIONS CONCURRENCY, one JSON object on stdout."""
import asyncio
import json
import os
import resource
import sys
import time

import obstore
from obstore.store import S3Store

WORKLOAD, URL, OPERATIONS, CONCURRENCY = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
PART, GIBIBYTE = 8 * 1024**2, 1024**3
BODY = b"x" * 4096
store = S3Store("bucket", endpoint=URL, region="us-east-1", access_key_id="AKIDEXAMPLE", secret_access_key="secret",
                virtual_hosted_style_request=False, client_options={"allow_http": True})


async def concurrently(count, width, call):
    numbers = iter(range(count))

    async def lane():
        for number in numbers:
            await call(number)

    await asyncio.gather(*(lane() for _ in range(width)))


async def put(index):
    await obstore.put_async(store, f"key-{index}", BODY, use_multipart=False)


async def get(index):
    result = await obstore.get_async(store, f"key-{index}")
    assert len(await result.bytes_async()) == 4096


async def head(index):
    await obstore.head_async(store, f"key-{index}")


async def listing():
    count = 0
    async for page in obstore.list(store, chunk_size=1000):
        count += len(page)
    return {"operations": count}


def blocks():
    block = b"y" * PART
    for _ in range(128):
        yield block


async def upload():
    await obstore.put_async(store, "big", blocks(), use_multipart=True, chunk_size=PART, max_concurrency=8)
    return {"operations": 128, "bytes": GIBIBYTE}


async def download():
    read = 0

    async def part(index):
        nonlocal read
        data = await obstore.get_range_async(store, "big", start=index * PART, end=(index + 1) * PART)
        read += len(data)

    await concurrently(128, 8, part)
    assert read == GIBIBYTE
    return {"operations": 128, "bytes": GIBIBYTE}


async def main():
    call = {"PUT": put, "GET": get, "HEAD,": head}.get(WORKLOAD.split()[0])
    if call:
        await concurrently(1000, CONCURRENCY, call)
    started, cpu = time.perf_counter(), time.process_time()
    if call:
        await concurrently(OPERATIONS, CONCURRENCY, call)
        result = {"operations": OPERATIONS}
    else:
        result = await {"list": listing, "upload": upload, "download": download}[WORKLOAD.split()[0]]()
    result.update(seconds=time.perf_counter() - started, cpuSeconds=time.process_time() - cpu,
                  peakRssInMiB=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(result), flush=True)
    # Its runtime now and then crashes while the interpreter is taken down.
    os._exit(0)


asyncio.run(main())
