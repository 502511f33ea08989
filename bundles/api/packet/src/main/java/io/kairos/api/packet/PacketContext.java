package io.kairos.api.packet;

/** Values of the context byte: what the payload means. */
public final class PacketContext {

    /** Plain data, or the proof of a packet. */
    public static final int NONE = 0x00;

    /** One part of a resource. */
    public static final int RESOURCE = 0x01;

    /** A resource is offered. */
    public static final int RESOURCE_ADVERTISEMENT = 0x02;

    /** Parts of a resource are asked for. */
    public static final int RESOURCE_REQUEST = 0x03;

    /** More part hashes of a resource. */
    public static final int RESOURCE_HASHMAP_UPDATE = 0x04;

    /** A resource arrived whole. */
    public static final int RESOURCE_PROOF = 0x05;

    /** The sender of a resource gives up. */
    public static final int RESOURCE_INITIATOR_CANCEL = 0x06;

    /** The receiver of a resource refuses or gives up. */
    public static final int RESOURCE_RECEIVER_CANCEL = 0x07;

    /** A cached packet is asked for. */
    public static final int CACHE_REQUEST = 0x08;

    /** A request on a link. */
    public static final int REQUEST = 0x09;

    /** The answer to a request. */
    public static final int RESPONSE = 0x0a;

    /** An announce that answers a path request. */
    public static final int PATH_RESPONSE = 0x0b;

    /** Reserved. */
    public static final int COMMAND = 0x0c;

    /** Reserved. */
    public static final int COMMAND_STATUS = 0x0d;

    /** An envelope of a channel. */
    public static final int CHANNEL = 0x0e;

    /** Keeps a link alive. */
    public static final int KEEPALIVE = 0xfa;

    /** The initiator of a link tells who it is. */
    public static final int LINK_IDENTIFY = 0xfb;

    /** A link ends. */
    public static final int LINK_CLOSE = 0xfc;

    /** Reserved. */
    public static final int LINK_PROOF = 0xfd;

    /** The initiator's measured round-trip time; completes the handshake. */
    public static final int LINK_RTT = 0xfe;

    /** The answer to a link request. */
    public static final int LINK_REQUEST_PROOF = 0xff;

    private PacketContext() {}
}
