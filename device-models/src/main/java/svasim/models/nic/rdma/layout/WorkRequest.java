package svasim.models.nic.rdma.layout;

import svasim.device.Words;

/**
 * Entry of a ring of work requests, 64 bytes: writes memory of the one side to memory of the other.
 *
 * @param localKey of the region that is read
 * @param remoteKey of the region that is written
 */
public record WorkRequest(
        int localKey, long localAddress, int remoteKey, long remoteAddress, int bytes) {
    public static final int BYTES = 64;

    private static final int LOCAL_KEY = 0;
    private static final int REMOTE_KEY = 4;
    private static final int LOCAL_ADDRESS = 8;
    private static final int REMOTE_ADDRESS = 16;
    private static final int LENGTH = 24;

    public byte[] toBytes() {
        byte[] entry = new byte[BYTES];
        Words.put(entry, LOCAL_KEY, Integer.BYTES, localKey);
        Words.put(entry, REMOTE_KEY, Integer.BYTES, remoteKey);
        Words.put(entry, LOCAL_ADDRESS, Long.BYTES, localAddress);
        Words.put(entry, REMOTE_ADDRESS, Long.BYTES, remoteAddress);
        Words.put(entry, LENGTH, Integer.BYTES, bytes);
        return entry;
    }

    public static WorkRequest of(byte[] entry) {
        return new WorkRequest(
                Words.u32(entry, LOCAL_KEY),
                Words.u64(entry, LOCAL_ADDRESS),
                Words.u32(entry, REMOTE_KEY),
                Words.u64(entry, REMOTE_ADDRESS),
                Words.u32(entry, LENGTH));
    }
}
