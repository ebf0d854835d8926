from ad_analytics.result_stream import result_stream_ddl, result_stream_options
from ad_analytics.settings import StreamSettings


def test_on_aws_the_sdk_finds_endpoint_and_protocol_itself() -> None:
    options = result_stream_options(StreamSettings("Out", "eu-west-1", None))
    assert options["stream"] == "Out"
    assert options["aws.region"] == "eu-west-1"
    assert not [name for name in options if "endpoint" in name or "protocol" in name or "credentials" in name]


def test_an_emulator_is_spoken_to_in_http_1_1() -> None:
    options = result_stream_options(StreamSettings("Out", "eu-west-1", "http://127.0.0.1:4566"))
    assert options["aws.endpoint"] == "http://127.0.0.1:4566"
    assert options["sink.http-client.protocol.version"] == "HTTP1_1"


def test_a_result_always_goes_to_the_same_shard() -> None:
    assert "PARTITIONED BY (record_id)" in result_stream_ddl({"connector": "kinesis"})
    assert "PARTITIONED" not in result_stream_ddl({"connector": "filesystem"}, partition_key=None)


def test_values_are_quoted() -> None:
    assert "'path' = '/it''s here'" in result_stream_ddl({"path": "/it's here"})
