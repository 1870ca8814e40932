package svasim.models.nic.layout;

/** Registers of a queue pair, 8 bytes each, in their order. */
public enum QueueRegister {
    /** Written: {@link #START} or {@link #STOP}. Read: {@link #STOPPED} and so on. */
    CONTROL,
    /** Address of the transmit ring. */
    TRANSMIT_BASE,
    /** Address of the receive ring. */
    RECEIVE_BASE,
    /** Address of the completion ring. */
    COMPLETION_BASE,
    /** Descriptors of each ring; the completion ring has place for both. */
    ENTRIES,
    /** Where the interrupt goes. */
    MESSAGE_ADDRESS,
    MESSAGE_DATA,
    /** Transmit descriptors ever written (doorbell). */
    TRANSMIT_TAIL,
    /** Receive descriptors ever written (doorbell). */
    RECEIVE_TAIL,
    /** Completions ever read; with {@link #ARM}, the next one makes an interrupt. */
    COMPLETION_HEAD,
    /** Packets that found no descriptor or no room since the queue was started; read only. */
    DROPPED,
    /** Size of the peer's packets in bytes; kind of arrivals from bit 32, burst from bit 40 on. */
    PEER_SHAPE,
    /** Time from one packet of the peer to the next, in picoseconds. */
    PEER_INTERVAL,
    /** Packets of the peer that may wait for software at once, in a closed loop. */
    PEER_DEPTH,
    /** Packets that the peer is to send, from now on. */
    PEER_COUNT;

    public static final long ARM = 1L << 63;

    public static final long STOP = 0;
    public static final long START = 1;

    public static final long STOPPED = 0;
    public static final long RUNNING = 1;

    /** Takes nothing new, and has not ended what it has. */
    public static final long STOPPING = 2;

    public static final int KIND_SHIFT = 32;
    public static final int BURST_SHIFT = 40;
}
