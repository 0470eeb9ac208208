"""Celery's messages in Redis, for workers that outlive Redis.

With Kombu's own transport a worker ends when Redis goes while a message is at work (kombu 5.7:
``AttributeError`` on a channel that has lost its connection). It happens when the channel
closes and puts the message back, and when the task is done and acknowledges on the old channel.
Ours need neither: they only say "look into the outbox", and beat says so again.
"""

from __future__ import annotations

from kombu.transport import redis


class Channel(redis.Channel):
    do_restore = False

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        if not self.closed:
            super().basic_ack(delivery_tag, multiple=multiple)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        if not self.closed:
            super().basic_reject(delivery_tag, requeue=requeue)


class Transport(redis.Transport):
    Channel = Channel
