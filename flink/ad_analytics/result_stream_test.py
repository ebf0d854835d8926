from ad_analytics.result_stream import result_stream_ddl, result_stream_options
from ad_analytics.settings import PrivacySettings, StreamSettings

DEFAULT = PrivacySettings("plain", "full", None, None)


def test_on_aws_the_sdk_finds_endpoint_and_protocol_itself() -> None:
    options = result_stream_options(StreamSettings("Out", "eu-west-1", None), DEFAULT, 8)
    assert options["stream"] == "Out"
    assert options["aws.region"] == "eu-west-1"
    assert not [name for name in options if "endpoint" in name or "protocol" in name or "credentials" in name]


def test_an_emulator_is_spoken_to_in_http_1_1() -> None:
    options = result_stream_options(StreamSettings("Out", "eu-west-1", "http://127.0.0.1:4566"), DEFAULT, 8)
    assert options["aws.endpoint"] == "http://127.0.0.1:4566"
    assert options["aws.http.protocol.version"] == "HTTP1_1"


def test_the_jar_finds_the_record_id_by_its_place() -> None:
    options = result_stream_options(StreamSettings("Out", "eu-west-1", None), DEFAULT, 8)
    columns = result_stream_ddl(options).split("(")[1].split(")")[0].split(",")
    assert columns[1].split() == ["record_id", "STRING"]


def test_values_are_quoted() -> None:
    assert "'path' = '/it''s here'" in result_stream_ddl({"path": "/it's here"})


def test_the_defaults_say_nothing_about_personal_data() -> None:
    options = result_stream_options(StreamSettings("Out", "eu-west-1", None), DEFAULT, 8)
    assert not [name for name in options if "privacy" in name]


def test_pseudonyms_come_with_the_place_of_their_key() -> None:
    privacy = PrivacySettings("hmac", "full", "the-secret", None)
    options = result_stream_options(StreamSettings("Out", "eu-west-1", None), privacy, 8)
    assert {name: value for name, value in options.items() if "privacy" in name} == {
        "privacy.user.ids": "hmac",
        "privacy.addresses": "full",
        "privacy.key.secret": "the-secret",
    }
