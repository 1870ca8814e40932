package svasim.pcie.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * What the data link and physical layers put around the bytes of a TLP: sequence number and LCRC,
 * and in generations 1 and 2 the symbols that begin and end it (PCI Express Base 5.0, 3.6.2.1 and
 * 4.2.1).
 */
public final class LinkFrame {
    private static final byte STP = (byte) 0xFB;
    private static final byte END = (byte) 0xFD;
    private static final int SEQUENCE_BYTES = 2;
    private static final int LCRC_BYTES = 4;

    private LinkFrame() {}

    /** The bytes on a link of generation 1 or 2. */
    public static byte[] symbols(int sequence, byte[] tlp) {
        ByteBuffer frame = ByteBuffer.allocate(1 + SEQUENCE_BYTES + tlp.length + LCRC_BYTES + 1);
        frame.put(STP).putShort((short) sequence).put(tlp).put(lcrc(sequence, tlp)).put(END);
        return frame.array();
    }

    /** The LCRC of a packet with a 12-bit sequence number, in the order of transmission. */
    public static byte[] lcrc(int sequence, byte[] tlp) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(SEQUENCE_BYTES).putShort((short) sequence).array());
        crc.update(tlp);
        return ByteBuffer.allocate(LCRC_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .array();
    }
}
