package svasim.pcie.tlp;

import java.math.BigInteger;
import java.util.Arrays;

/** What an AtomicOp does to the value that it finds (PCI Express Base 5.0, 6.15); little-endian. */
public enum AtomicOperation {
    FETCH_ADD(0x0C, 1, 8),
    SWAP(0x0D, 1, 8),
    COMPARE_AND_SWAP(0x0E, 2, 16);

    private static final int SMALLEST = 4;
    private static final AtomicOperation[] ALL = values();

    private final int type;
    private final int operands;
    private final int largest;

    AtomicOperation(int type, int operands, int largest) {
        this.type = type;
        this.operands = operands;
        this.largest = largest;
    }

    /** Type field of the header. */
    int type() {
        return type;
    }

    /** The operation of a type field; null if it is none. */
    static AtomicOperation ofType(int type) {
        for (AtomicOperation operation : ALL) {
            if (operation.type == type) {
                return operation;
            }
        }
        return null;
    }

    /** Bytes of the value, for a payload of so many bytes; 0 if there is no such size. */
    public int valueBytes(int payloadBytes) {
        int bytes = payloadBytes / operands;
        boolean legal =
                bytes >= SMALLEST
                        && bytes <= largest
                        && Integer.bitCount(bytes) == 1
                        && bytes * operands == payloadBytes;
        return legal ? bytes : 0;
    }

    /** The new value; a compare that fails leaves the old one. */
    public byte[] apply(byte[] old, byte[] payload) {
        return switch (this) {
            case FETCH_ADD -> add(old, payload);
            case SWAP -> payload;
            case COMPARE_AND_SWAP -> {
                byte[] expected = Arrays.copyOf(payload, old.length);
                boolean equal = Arrays.equals(old, expected);
                yield equal ? Arrays.copyOfRange(payload, old.length, payload.length) : old;
            }
        };
    }

    private static byte[] add(byte[] one, byte[] other) {
        BigInteger sum = new BigInteger(1, reversed(one)).add(new BigInteger(1, reversed(other)));
        byte[] result = new byte[one.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = sum.shiftRight(i * Byte.SIZE).byteValue();
        }
        return result;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
