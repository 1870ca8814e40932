package svasim.models.gpu.device;

import svasim.models.gpu.layout.Packet;
import svasim.models.gpu.layout.Register;
import svasim.models.gpu.pattern.WaveState;
import svasim.pcie.tlp.PasidPrefix;

/** A queue of a process: a ring of packets in its memory, and a doorbell. */
final class Queue {
    /** What the hardware does about a queue. */
    enum State {
        /** Software has not mapped it, or has unmapped it. */
        OFF,
        /** Mapped; no slot, or nothing to do. */
        WAITING,
        /** It has a slot. */
        RUNNING,
        /** It has a slot and is leaving it. */
        LEAVING
    }

    private final int number;
    private long ringBase;
    private long ringSize = 1;
    private long readPointer;
    private long pasid = Register.NO_PASID;
    private State state = State.OFF;
    private long taken;
    private long submitted;
    private Dispatch dispatch;
    private boolean accessing;
    private boolean unmaps;
    private boolean evicted;
    private long saveArea;
    private long saveBytes;
    private long sincePs;

    Queue(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Software writes a register of the queue; only while it is off. */
    void set(int register, long value) {
        if (state != State.OFF) {
            return;
        }
        switch (register) {
            case Register.RING_BASE -> ringBase = value;
            case Register.RING_SIZE -> ringSize = Math.max(1, value);
            case Register.READ_POINTER -> readPointer = value;
            case Register.PASID -> pasid = value;
            case Register.SAVE_AREA -> saveArea = value;
            case Register.SAVE_BYTES -> saveBytes = value;
            default -> {}
        }
    }

    /** Null without PASID. */
    PasidPrefix prefix() {
        return pasid == Register.NO_PASID
                ? null
                : new PasidPrefix((int) pasid & PasidPrefix.MAX_PASID);
    }

    int pasid() {
        return PasidPrefix.number(prefix());
    }

    State state() {
        return state;
    }

    void state(State now) {
        state = now;
    }

    /** Begins anew, with an empty ring. */
    void map() {
        state = State.WAITING;
        taken = 0;
        submitted = 0;
        dispatch = null;
        unmaps = false;
        evicted = false;
    }

    /** Packets that the doorbell has told of. */
    void ring(long count) {
        submitted = count;
    }

    boolean hasPackets() {
        return taken < submitted;
    }

    /** Whether there is something to do for it. */
    boolean hasWork() {
        return dispatch != null || hasPackets();
    }

    long packetAddress() {
        return ringBase + taken % ringSize * Packet.BYTES;
    }

    long readPointer() {
        return readPointer;
    }

    /**
     * Takes the packet.
     *
     * @return packets taken so far
     */
    long take() {
        return ++taken;
    }

    Dispatch dispatch() {
        return dispatch;
    }

    void dispatch(Dispatch now) {
        dispatch = now;
    }

    /** Whether the command processor reads or writes for the queue. */
    boolean isAccessing() {
        return accessing;
    }

    void accessing(boolean now) {
        accessing = now;
    }

    /** Whether it is to be off, not only to wait, when it has left its slot. */
    boolean unmaps() {
        return unmaps;
    }

    void unmap() {
        unmaps = true;
    }

    /** Whether it stays off, with all it has to do, until it is restored. */
    boolean isEvicted() {
        return evicted;
    }

    void evicted(boolean now) {
        evicted = now;
    }

    /** Address of the room for a wavefront's state, or -1 if there is none. */
    long savePlace(int number) {
        boolean fits = (number + 1L) * WaveState.BYTES <= saveBytes;
        return fits ? saveArea + (long) number * WaveState.BYTES : -1;
    }

    /** When it got its slot. */
    long sincePs() {
        return sincePs;
    }

    void since(long nowPs) {
        sincePs = nowPs;
    }

    /** Nothing of it is under way. */
    boolean isQuiet() {
        return !accessing && (dispatch == null || dispatch.isQuiet());
    }
}
