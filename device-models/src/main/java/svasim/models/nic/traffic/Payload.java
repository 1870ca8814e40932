package svasim.models.nic.traffic;

import svasim.device.Words;

/**
 * Contents of a packet, as traffic generators make them: its number, the time when it was meant to
 * come, and bytes that follow from the number.
 */
public final class Payload {
    public static final int LEAST_BYTES = 64;
    public static final int MOST_BYTES = 4096;

    private static final int HEADER_WORDS = 2;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final int MIX_SHIFT = 29;

    private Payload() {}

    /** Reads the word at an offset. */
    @FunctionalInterface
    public interface Reader {
        long word(int offset);
    }

    /** Word of a packet at an offset that is a multiple of 8. */
    public static long word(long number, long intendedPs, int offset) {
        return switch (offset) {
            case 0 -> number;
            case Long.BYTES -> intendedPs;
            default -> filling(number, offset);
        };
    }

    /** A whole packet. */
    public static byte[] of(long number, long intendedPs, int bytes) {
        byte[] packet = new byte[bytes];
        for (int offset = 0; offset < bytes; offset += Long.BYTES) {
            int count = Math.min(Long.BYTES, bytes - offset);
            Words.put(packet, offset, count, word(number, intendedPs, offset));
        }
        return packet;
    }

    /** Number of the packet. */
    public static long number(Reader packet) {
        return packet.word(0);
    }

    /** When the packet was meant to come. */
    public static long intendedPs(Reader packet) {
        return packet.word(Long.BYTES);
    }

    /** Whether every byte behind the header is what follows from the packet's number. */
    public static boolean isIntact(Reader packet, int bytes) {
        long number = number(packet);
        for (int offset = HEADER_WORDS * Long.BYTES; offset < bytes; offset += Long.BYTES) {
            int unused = Math.max(0, offset + Long.BYTES - bytes) * Byte.SIZE;
            long difference = packet.word(offset) ^ filling(number, offset);
            if (difference << unused != 0) {
                return false;
            }
        }
        return true;
    }

    private static long filling(long number, int offset) {
        long mixed = (number + 1) * FACTOR + offset * (FACTOR >>> 1 | 1);
        return (mixed ^ mixed >>> MIX_SHIFT) * FACTOR;
    }
}
