"""MiniStack with shards that stay readable after a split or a merge, like in Kinesis.

MiniStack deletes the parent shards immediately, with all their records. In Kinesis, parents stay until their records
expire: they do not receive records, their listing has a last sequence number, and a reader at their end receives their
child shards instead of an iterator.
Source: Kinesis Data Streams Developer Guide, "After resharding"; API reference, GetRecords.
Served like MiniStack's own application: `hypercorn resharded_streams:app`.
"""

import json

from ministack.services import kinesis
from without_browsers import app

__all__ = ["app"]

HTTP_OK = 200
END = "ending_sequence_number"

get_records = kinesis._get_records
route = kinesis._route_to_shard
shard_out = kinesis._shard_out


def is_open(shard):
    """Return whether a shard is open."""
    return END not in shard


def keeping(reshard, *parents):
    """Return an operation that also keeps the shards in these parameters of its request."""

    def operation(request):
        _, stream = kinesis._resolve_stream(request)
        shards = {} if stream is None else stream["shards"]
        kept = {request.get(name): shards[request.get(name)] for name in parents if request.get(name) in shards}
        if not all(map(is_open, kept.values())):
            return kinesis.error_response_json("ResourceInUseException", "The shard is closed.", 400)
        end = kinesis._next_sequence_number()
        answer = reshard(request)
        if answer[0] == HTTP_OK:
            for shard_id, shard in kept.items():
                shards[shard_id] = {**shard, END: end}
        return answer

    return operation


def route_to_open_shard(hash_key, stream):
    """Return the open shard of this hash key."""
    shards = {shard_id: shard for shard_id, shard in stream["shards"].items() if is_open(shard)}
    return route(hash_key, {**stream, "shards": shards})


def shard_with_its_end(shard_id, shard):
    """Describe a shard; a closed one has a last sequence number."""
    described = shard_out(shard_id, shard)
    if not is_open(shard):
        described["SequenceNumberRange"]["EndingSequenceNumber"] = shard[END]
    return described


def children_of(shard_id, shards):
    """Describe the child shards of a closed shard."""
    named = ("parent_shard_id", "adjacent_parent_shard_id")
    return [
        {
            "ShardId": child_id,
            "ParentShards": [child[name] for name in named if child.get(name)],
            "HashKeyRange": {"StartingHashKey": child["starting_hash_key"], "EndingHashKey": child["ending_hash_key"]},
        }
        for child_id, child in sorted(shards.items())
        if shard_id in [child.get(name) for name in named]
    ]


def get_records_to_the_end(request):
    """Answer GetRecords; at the end of a closed shard, with its children instead of the next iterator."""
    status, headers, body = get_records(request)
    read = kinesis._shard_iterators.get(request.get("ShardIterator"))
    if status != HTTP_OK or read is None:
        return status, headers, body
    shards = kinesis._streams.get(read["stream"])["shards"]
    shard = shards[read["shard_id"]]
    if is_open(shard):
        return status, headers, body
    answer = json.loads(body)
    if kinesis._shard_iterators[answer["NextShardIterator"]]["position"] < len(shard["records"]):
        return status, headers, body
    del answer["NextShardIterator"]
    answer["ChildShards"] = children_of(read["shard_id"], shards)
    return status, headers, json.dumps(answer).encode()


kinesis._get_records = get_records_to_the_end
kinesis._merge_shards = keeping(kinesis._merge_shards, "ShardToMerge", "AdjacentShardToMerge")
kinesis._route_to_shard = route_to_open_shard
kinesis._shard_out = shard_with_its_end
kinesis._split_shard = keeping(kinesis._split_shard, "ShardToSplit")
