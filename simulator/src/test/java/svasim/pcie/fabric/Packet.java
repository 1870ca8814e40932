package svasim.pcie.fabric;

import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Packets for tests, with the fields that matter. */
final class Packet {
    static final int DEVICE = 0x3B01;
    static final int AGENT = 0x0008;

    private Packet() {}

    static Tlp.MemoryWrite write(long address, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return write(address, data, null);
    }

    static Tlp.MemoryWrite write(long address, byte[] data, PasidPrefix pasid) {
        return new Tlp.MemoryWrite(
                DEVICE, address, data, AddressType.UNTRANSLATED, pasid, Attributes.DEFAULT);
    }

    static Tlp.MemoryRead read(int tag, long address, int bytes) {
        return read(tag, address, bytes, AddressType.UNTRANSLATED);
    }

    static Tlp.MemoryRead read(int tag, long address, int bytes, AddressType type) {
        return new Tlp.MemoryRead(DEVICE, tag, address, bytes, type, null, Attributes.DEFAULT);
    }

    static Tlp.Completion completion(int tag, int bytes) {
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

    static Tlp.TranslationRequest translation(int tag, long address) {
        return new Tlp.TranslationRequest(DEVICE, tag, address, 1, false, null, Attributes.DEFAULT);
    }

    static Tlp.PageRequest page(long address, int index) {
        return new Tlp.PageRequest(DEVICE, address, index, true, true, true, null);
    }
}
