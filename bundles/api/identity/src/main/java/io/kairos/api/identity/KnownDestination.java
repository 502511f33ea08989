package io.kairos.api.identity;

import io.kairos.api.packet.DestinationHash;
import java.util.Optional;

/**
 * What announces have told of a destination.
 *
 * @param destination its address
 * @param identity its public keys
 * @param appData application data of the newest announce, a copy; empty where it had none. An announce with a ratchet
 *     always has some, as in Reticulum, if only zero bytes
 * @param ratchet the newest ratchet public key (32 bytes), a copy, if the destination announces ratchets
 * @param heardMillis wall-clock time of the newest announce
 */
@SuppressWarnings("ArrayRecordComponent") // a snapshot for one caller, never compared
public record KnownDestination(
        DestinationHash destination,
        PublicIdentity identity,
        Optional<byte[]> appData,
        Optional<byte[]> ratchet,
        long heardMillis) {}
