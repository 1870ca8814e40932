package svasim.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes blocks of a pcapng file (draft-ietf-opsawg-pcapng, sections 4.1 to 4.3), little-endian,
 * one section of unstated length. Stamps are nanoseconds: tshark 4.0 reads finer ones wrongly.
 */
final class Pcapng {
    /** Link type that is free for private use; nothing is registered for PCI Express. */
    static final int LINKTYPE_USER0 = 147;

    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;

    private static final int OPT_END = 0;
    private static final int OPT_COMMENT = 1;
    private static final int OPT_IF_NAME = 2;
    private static final int OPT_EPB_FLAGS = 2;
    private static final int OPT_IF_TSRESOL = 9;
    private static final byte NANOSECONDS = 9;

    private static final int BLOCK_FRAME = 12;
    private static final int OPTION_HEADER = 4;
    private static final int WORD = 4;

    private final OutputStream out;

    Pcapng(OutputStream out) {
        this.out = out;
    }

    /** Begins the file. */
    void section() throws IOException {
        ByteBuffer body = buffer(2 * WORD + Long.BYTES);
        body.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        block(SECTION_HEADER, body);
    }

    /** Describes an interface; the first is number 0, the next number 1, and so on. */
    void networkInterface(String name) throws IOException {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = buffer(2 * WORD + optionBytes(text.length) + optionBytes(1) + WORD);
        body.putShort((short) LINKTYPE_USER0).putShort((short) 0).putInt(0);
        option(body, OPT_IF_NAME, text);
        option(body, OPT_IF_TSRESOL, new byte[] {NANOSECONDS});
        body.putInt(OPT_END);
        block(INTERFACE_DESCRIPTION, body);
    }

    /**
     * Writes a packet.
     *
     * @param number of the interface
     * @param stamp in nanoseconds
     * @param flags epb_flags: bits 1:0 are 1 for inbound, 2 for outbound
     */
    void packet(int number, long stamp, byte[] packet, int flags, String comment)
            throws IOException {
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        int options = optionBytes(WORD) + optionBytes(text.length) + WORD;
        ByteBuffer body = buffer(5 * WORD + padded(packet.length) + options);
        body.putInt(number).putInt((int) (stamp >>> Integer.SIZE)).putInt((int) stamp);
        body.putInt(packet.length).putInt(packet.length);
        padTo(body.put(packet), packet.length);
        option(body, OPT_EPB_FLAGS, buffer(WORD).putInt(flags).array());
        option(body, OPT_COMMENT, text);
        body.putInt(OPT_END);
        block(ENHANCED_PACKET, body);
    }

    private void block(int type, ByteBuffer body) throws IOException {
        int length = body.capacity() + BLOCK_FRAME;
        ByteBuffer block = buffer(length);
        block.putInt(type).putInt(length).put(body.array()).putInt(length);
        out.write(block.array());
    }

    private static void option(ByteBuffer body, int code, byte[] value) {
        body.putShort((short) code).putShort((short) value.length);
        padTo(body.put(value), value.length);
    }

    private static void padTo(ByteBuffer body, int length) {
        body.position(body.position() + padded(length) - length);
    }

    private static int optionBytes(int length) {
        return OPTION_HEADER + padded(length);
    }

    private static int padded(int length) {
        return (length + WORD - 1) & -WORD;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
