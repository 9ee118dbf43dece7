#!/usr/bin/env python3
"""Makes arrivals.csv and staff.csv of the retail-mix scenario. Run it in its own folder: python3 build.py

Volumes, the day shapes of phone and chat, and the staffing rule are assumptions. The day shape of e-mail and social is that of the
web forms and tweets of a real city service desk (../city-week/arrivals.csv, see PROVENANCE.md there and here).
"""

import csv
import datetime
import math

FIRST_DAY = datetime.datetime(2026, 9, 7)  # a Monday
STEP = datetime.timedelta(minutes=30)
STEPS_A_DAY = 48
STEP_S = 1800

# Contacts a day, Monday to Sunday: assumptions.
VOLUMES = {
    "phone": [4200, 3700, 3500, 3500, 3600, 1500, 0],
    "chat": [1400, 1250, 1200, 1200, 1200, 950, 850],
    "email": [1100, 950, 900, 880, 850, 520, 460],
    "social": [180, 160, 150, 150, 160, 150, 140],
}
# Relative volume by half-hour from the hour given: assumptions. A few callers try before opening and after closing.
PHONE_WEEKDAY = (7.5, [0.5, 3.0, 3.9, 4.9, 5.6, 6.0, 6.0, 5.7, 5.3, 4.7, 4.4, 4.3, 4.3, 4.4, 4.4, 4.3, 4.2, 4.1,
                       4.0, 3.7, 3.3, 2.9, 2.5, 2.2, 1.9, 0.6, 0.3])
PHONE_SATURDAY = (8.5, [0.7, 3.0, 4.5, 6.0, 7.0, 7.0, 6.5, 5.5, 5.0, 4.2, 3.5, 0.9])
CHAT = (8.0, [1.8, 2.4, 3.0, 3.5, 3.9, 4.1, 4.1, 4.0, 3.8, 3.7, 3.7, 3.8, 3.9, 4.0, 4.0, 4.0, 3.9, 3.8, 3.8, 3.8,
              3.9, 4.0, 4.0, 3.9, 3.6, 3.2, 2.7, 2.1])

HANDLE_S = {"phone": 270, "chat": 480, "email": 360, "social": 240}
SHRINKAGE = {"voice": 0.15, "allround": 0.15, "digital": 0.15, "backoffice": 0.12}


def laid_out(shape):
    """A shape as 48 shares of the day."""
    first_hour, values = shape
    day = [0.0] * STEPS_A_DAY
    for index, value in enumerate(values):
        day[int(first_hour * 2) + index] = value / sum(values)
    return day


def city_shape():
    """Shares of the day of the city's web forms and tweets, averaged over five half-hours because they are few."""
    raw = [0] * STEPS_A_DAY
    with open("../city-week/arrivals.csv", newline="", encoding="utf-8") as file:
        for index, row in enumerate(csv.DictReader(file)):
            raw[index % STEPS_A_DAY] += int(row["web"]) + int(row["twitter"])
    return [sum(raw[(at + shift) % STEPS_A_DAY] for shift in range(-2, 3)) / 5 / sum(raw) for at in range(STEPS_A_DAY)]


def arrivals():
    """For each half-hour of the week, contacts by queue."""
    city = city_shape()
    phone = [laid_out(PHONE_WEEKDAY)] * 5 + [laid_out(PHONE_SATURDAY), [0.0] * STEPS_A_DAY]
    shapes = {"phone": phone, "chat": [laid_out(CHAT)] * 7, "email": [city] * 7, "social": [city] * 7}
    return [
        {queue: VOLUMES[queue][day] * shapes[queue][day][at] for queue in VOLUMES}
        for day in range(7)
        for at in range(STEPS_A_DAY)
    ]


def heads(load, margin, shrinkage, least):
    """Paid heads for an offered load in erlangs: load + margin·√load present, and the absent on top."""
    return max(least, math.ceil((load + margin * math.sqrt(load)) / (1 - shrinkage)))


def staffing(rows):
    """For each half-hour, paid heads by group: as written, then for the variants."""
    return [staffing_at(row, index // STEPS_A_DAY, index % STEPS_A_DAY / 2) for index, row in enumerate(rows)]


def staffing_at(row, day, hour):
    """Paid heads by group in one half-hour of a day."""
    load = {queue: row[queue] * HANDLE_S[queue] / STEP_S for queue in row}
    weekday = day < 5
    phone_open = 8 <= hour < 20 if weekday else day == 5 and 9 <= hour < 14
    online = 8 <= hour < 22
    allround = 6 if weekday and 9 <= hour < 18 else 0
    present = allround * (1 - SHRINKAGE["allround"])

    def voice(share):
        """For this share of the calls, of which the allround agents take some."""
        least = 2 if weekday else 4
        return heads(max(0.0, load["phone"] * share - 0.75 * present), 0.37, SHRINKAGE["voice"], least) if phone_open else 0

    def digital(callers):
        """For the chats and this share of the callers, who now chat; an agent with two chats does the work of 1.7."""
        chat = (row["chat"] + callers * row["phone"]) * HANDLE_S["chat"] / STEP_S / 1.7
        return heads(max(0.0, chat + 0.6 * load["social"] - 0.15 * present), 0.1, SHRINKAGE["digital"], 3) if online else 0

    def backoffice(times):
        """A day's e-mails, times so much, over 15 hours: more heads from 8 to 17, fewer in the evening."""
        mean = VOLUMES["email"][day] * HANDLE_S["email"] / 3600 / 15 * times / (1 - SHRINKAGE["backoffice"])
        return math.ceil(mean * (1.55 if 8 <= hour < 17 else 0.75)) if 7 <= hour < 22 else 0

    def fewer(count):
        """About a twelfth fewer, but never nobody."""
        return count - round(count / 12) if count else 0

    # How many calls there are for each e-mail, to size the back office for callers who write instead.
    calls_per_email = VOLUMES["phone"][day] / VOLUMES["email"][day]
    return {
        "voice": voice(1.0),
        "digital": digital(0.0),
        "backoffice": backoffice(1.0),
        "digital_no_phone": max(digital(0.5) - allround, 3) if online else 0,
        "backoffice_blended": backoffice(0.85),
        "backoffice_no_phone": backoffice(1 + 0.25 * calls_per_email),
        "voice_digital_first": voice(0.7),
        "digital_digital_first": digital(0.2),
        "backoffice_digital_first": backoffice(1 + 0.1 * calls_per_email),
        "voice_smaller": fewer(voice(1.0)),
        "digital_smaller": fewer(digital(0.0)),
        "backoffice_smaller": fewer(backoffice(1.0)),
    }


def write(path, rows, form):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["start", *rows[0]])
        for index, row in enumerate(rows):
            start = (FIRST_DAY + index * STEP).strftime("%Y-%m-%d %H:%M")
            writer.writerow([start, *(form(value) for value in row.values())])


if __name__ == "__main__":
    demand = arrivals()
    write("arrivals.csv", demand, lambda value: f"{value:.2f}")
    write("staff.csv", staffing(demand), str)
