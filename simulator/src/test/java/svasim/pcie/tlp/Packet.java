package svasim.pcie.tlp;

/** Packets for tests, with the fields that matter. */
public final class Packet {
    public static final int DEVICE = 0x3B01;
    public static final int AGENT = 0x0008;

    private Packet() {}

    public static Tlp.MemoryWrite write(long address, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return write(address, data, null);
    }

    public static Tlp.MemoryWrite write(long address, byte[] data, PasidPrefix pasid) {
        return new Tlp.MemoryWrite(
                DEVICE, address, data, AddressType.UNTRANSLATED, pasid, Attributes.DEFAULT);
    }

    public static Tlp.MemoryRead read(int tag, long address, int bytes) {
        return read(tag, address, bytes, AddressType.UNTRANSLATED);
    }

    public static Tlp.MemoryRead read(int tag, long address, int bytes, AddressType type) {
        return new Tlp.MemoryRead(DEVICE, tag, address, bytes, type, null, Attributes.DEFAULT);
    }

    public static Tlp.Completion completion(int tag, int bytes) {
        return new Tlp.Completion(
                AGENT,
                DEVICE,
                tag,
                CompletionStatus.SUCCESS,
                bytes,
                0,
                new byte[bytes],
                Attributes.DEFAULT);
    }

    public static Tlp.TranslationRequest translation(int tag, long address) {
        return new Tlp.TranslationRequest(DEVICE, tag, address, 1, false, null, Attributes.DEFAULT);
    }

    public static Tlp.PageRequest page(long address, int index) {
        return new Tlp.PageRequest(DEVICE, address, index, true, true, true, null);
    }
}
