// What a server knows of the partitions of all channels goes by these keys.
import { PARTITIONS, partitionOf } from "#lib/partition.ts";
import { channels } from "#lib/room-types.ts";

export function partitionKey(channel: string, partition: number): string {
  return `${channel}/${partition}`;
}

export function partitionKeyOf(channel: string, room: string): string {
  return partitionKey(channel, partitionOf(room));
}

export function allPartitionKeys(): string[] {
  return channels().flatMap((channel) =>
    Array.from({ length: PARTITIONS }, (_, number) => partitionKey(channel, number)),
  );
}
