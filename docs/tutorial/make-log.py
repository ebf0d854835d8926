"""Writes ad-log.csv, the log of the tutorial: an hour of simulated traffic of a small site, and one visitor who clicks like a machine.

Run it as `python docs/tutorial/make-log.py > docs/tutorial/ad-log.csv`; the output is the same each time.
"""

import random
from datetime import datetime, timedelta, timezone

START = datetime(2026, 11, 20, 18, 0, tzinfo=timezone.utc)
CAMPAIGNS = {"autumn-shoes": ["shoes-red", "shoes-blue"], "city-bikes": ["bike-1"], "bank-account": ["account-a", "account-b"]}
SITES = ["news.example", "recipes.example", "weather.example"]
BROWSERS = {
    "mobile": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
    "desktop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
}


def main() -> None:
    draw = random.Random(20)
    rows = []
    for _ in range(900):
        visitor = draw.randrange(250)
        shown = START + timedelta(seconds=draw.randrange(3600))
        clicked = shown + timedelta(seconds=draw.randrange(2, 40)) if draw.random() < 0.02 else None
        device = "mobile" if visitor % 3 else "desktop"
        rows.append(row(draw, shown, f"v{visitor:03}", f"198.51.100.{visitor % 250}", device, clicked))
    # The bot: every 3 s an ad, and a click 2 s later, for two minutes.
    for second in range(0, 120, 3):
        shown = START + timedelta(minutes=25, seconds=second)
        rows.append(row(draw, shown, "v666", "203.0.113.66", "desktop", shown + timedelta(seconds=2)))
    print("shown_at;visitor;ip;campaign;banner;site;device;user_agent;country;clicked;clicked_at")
    print("\n".join(sorted(rows)))


def row(draw: random.Random, shown: datetime, visitor: str, ip: str, device: str, clicked: datetime | None) -> str:
    campaign = draw.choice(list(CAMPAIGNS))
    cells = [
        shown.strftime("%Y-%m-%d %H:%M:%S"),
        visitor,
        ip,
        campaign,
        draw.choice(CAMPAIGNS[campaign]),
        draw.choice(SITES),
        device,
        f'"{BROWSERS[device]}"',
        draw.choice(["DE", "DE", "FR", "AT"]),
        "1" if clicked else "0",
        clicked.strftime("%Y-%m-%d %H:%M:%S") if clicked else "",
    ]
    return ";".join(cells)


main()
