import type { JsonObject } from '../event.ts';
import { alertMetadata } from '../formats/messages/alertMetadata.ts';
import type { Message } from '../formats/messages/message.ts';
import { shortHash } from './shortHash.ts';

/** Names one alert of a sender, the same from its begin to its end. */
export const makeFingerprint = ({ sender, fingerprint }: Message): string => shortHash([sender, fingerprint]);

/** What a message says of level and alert, under the names that rules know. */
export const messageMetadata = (message: Message): JsonObject => alertMetadata(message, makeFingerprint(message));
