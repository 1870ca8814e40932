package svasim.models.nic.device;

import svasim.device.DeviceHost;
import svasim.models.nic.config.NicConfig;
import svasim.stats.Counter;

/** Room in the card for packets on their way to memory, of all queues together. */
final class PacketBuffer {
    private static final int CORRUPTED_BYTE = 40;

    private final long room;
    private final int corruptEvery;
    private final Counter received;
    private final Counter dropped;
    private final Counter bytes;
    private long used;
    private Runnable whenRoom = () -> {};

    /** Whether somebody has found no room. */
    private boolean refused;

    PacketBuffer(NicConfig config, DeviceHost host) {
        room = config.packetBuffer().bytes();
        corruptEvery = config.corruptEvery();
        received = counter(host, "received", "packets that were received and not dropped");
        bytes = counter(host, "received.bytes", "bytes of packets that were received");
        dropped = counter(host, "dropped", "packets without a descriptor or without room");
    }

    /**
     * A packet comes.
     *
     * @return false if there is no room
     */
    boolean take(int packetBytes) {
        if (!fits(packetBytes)) {
            return false;
        }
        used += packetBytes;
        received.increment();
        bytes.add(packetBytes);
        return true;
    }

    boolean fits(int packetBytes) {
        boolean fit = used + packetBytes <= room;
        refused |= !fit;
        return fit;
    }

    /** Who is told that there is room again, after there was none. */
    void whenRoom(Runnable listener) {
        whenRoom = listener;
    }

    /** A packet is in memory. */
    void give(int packetBytes) {
        used -= packetBytes;
        if (refused) {
            refused = false;
            whenRoom.run();
        }
    }

    void dropped() {
        dropped.increment();
    }

    /** The erratum: a bit of some packets changes behind the check of their checksum. */
    void corrupt(byte[] packet) {
        if (corruptEvery > 0 && received.value() % corruptEvery == 0) {
            packet[CORRUPTED_BYTE] ^= 1;
        }
    }

    void reset() {
        used = 0;
    }

    private static Counter counter(DeviceHost host, String name, String description) {
        return host.statistics().counter(host.name() + "." + name, description);
    }
}
