/**
 * What a transport plugin implements and what the core offers it.
 *
 * <p>A plugin registers one {@link io.kairos.api.transport.MeshInterface} service for each configured medium. The core
 * finds it, attaches a {@link io.kairos.api.transport.PacketSink} to it and watches it. Packets are opaque here: a
 * transport moves bytes, it neither decrypts nor routes.
 *
 * <p>A medium that serves several neighbours as separate interfaces (a server socket, a multicast domain) reports each of
 * them as a child through its sink; children are never services.
 *
 * <p>Plugins implement the types marked {@code ConsumerType}; the core implements those marked {@code ProviderType}.
 * Start from {@code bundles/transport/loopback}; the tests that decide are in {@code bundles/test/contract}.
 */
@Export
@Version("1.5.0")
package io.kairos.api.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
