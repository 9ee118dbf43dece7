#!/usr/bin/env python3
"""Makes example.csv: a log of an invented centre. Nobody's data.

Two queues from Monday to Friday, 8:00 to 18:00; ten agents with lunch breaks, three for sales alone, three for service alone, four for both.
A freed agent takes who waits longest of both queues. Times to answer, talk and wrap-up are exponential or lognormal, as below.
"""

import csv
import datetime
import heapq
import os
import random

START, DAYS, OPEN, CLOSE = datetime.datetime(2026, 3, 2), 5, 8 * 3600, 18 * 3600
QUEUES = {"sales": (14, 280, 0.8, 150), "service": (26, 340, 0.9, 240)}  # an hour, mean s, cv, mean patience s
AGENTS = [("Ann", "sales"), ("Ben", "sales"), ("Cem", "sales"), ("Dia", "service"), ("Eva", "service"), ("Fay", "service")]
AGENTS = [(name, [queue]) for name, queue in AGENTS] + [(name, ["sales", "service"]) for name in ("Gus", "Hal", "Ivy", "Jon")]
ABSENT = {0: 3, 1: 4, 2: 5, 3: 4, 4: 3}  # how many of the ten are away on a day
WRAP_UP = 20


def day(number, luck):
    import math

    def lognormal(mean, cv):
        var = math.log(1 + cv * cv)
        return luck.lognormvariate(math.log(mean) - var / 2, math.sqrt(var))

    arrivals = []
    for queue, (rate, mean, cv, patience) in QUEUES.items():
        at = OPEN
        while True:
            at += luck.expovariate(rate / 3600)
            if at >= CLOSE:
                break
            arrivals.append((at, queue, lognormal(mean, cv), luck.expovariate(1 / patience), luck.expovariate(1 / WRAP_UP)))
    arrivals.sort()
    present = sorted(luck.sample(range(len(AGENTS)), len(AGENTS) - ABSENT[number]))
    # an agent is free from a moment on; lunch is half an hour, at 11:30, 12:15 or 13:00
    events = [(at, 0, index) for index, (at, *_) in enumerate(arrivals)]
    lunch = {agent: (11.5 + 0.75 * (agent % 3)) * 3600 for agent in present}
    free, waiting, rows = {}, [], []
    heapq.heapify(events)
    for agent in present:
        heapq.heappush(events, (OPEN, 1, agent))
        heapq.heappush(events, (lunch[agent], 2, agent))

    def take(now):
        waiting[:] = [w for w in waiting if w[0] + w[3] > now]
        for call in sorted(waiting):
            able = sorted((since, agent) for agent, since in free.items() if call[1] in AGENTS[agent][1])
            if able:
                agent = able[0][1]
                del free[agent]
                waiting.remove(call)
                at, queue, talk, _, wrap = call
                rows.append((at, queue, AGENTS[agent][0], "answered", now - at, talk, wrap))
                heapq.heappush(events, (now + talk + wrap, 1, agent))

    taken = set()
    while events:
        now, kind, index = heapq.heappop(events)
        if kind == 0:
            waiting.append(arrivals[index])
        elif kind == 1:
            if index not in taken and now >= lunch[index]:
                taken.add(index)
                heapq.heappush(events, (now + 1800, 1, index))
            elif now < CLOSE + 1800:
                free[index] = now
        elif index in free and index not in taken:
            taken.add(index)
            del free[index]
            heapq.heappush(events, (now + 1800, 1, index))
        take(now)
    answered = {row[0] for row in rows}
    rows += [(at, queue, "", "abandoned", patience, 0, 0) for at, queue, _, patience, _ in arrivals if at not in answered]
    return sorted(rows)


def main():
    luck = random.Random(20260302)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "example.csv")
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["started", "queue", "agent", "outcome", "wait_s", "talk_s", "wrap_up_s"])
        for number in range(DAYS):
            for at, queue, agent, outcome, wait, talk, wrap in day(number, luck):
                started = START + datetime.timedelta(days=number, seconds=int(at))
                spans = [round(wait), round(talk), round(wrap)] if agent else [round(wait), "", ""]
                writer.writerow([started, queue, agent, outcome, *spans])


main()
