package svasim.pcie.tlp;

import java.nio.ByteBuffer;

/** Writes the words that headers of several kinds have in common. */
final class HeaderWriter {
    private static final int BYTE_SHIFT = 24;
    private static final int ALL_ENABLES = 0xF;

    private final Tlp tlp;
    private final ByteBuffer out;

    HeaderWriter(Tlp tlp) {
        this.tlp = tlp;
        this.out = ByteBuffer.allocate(TlpSize.bytes(tlp));
    }

    byte[] bytes() {
        return out.array();
    }

    void word(int word) {
        out.putInt(word);
    }

    void prefix(PasidPrefix pasid) {
        out.putInt(
                Layout.PASID_PREFIX << BYTE_SHIFT
                        | (pasid.privileged() ? Layout.PRIVILEGED : 0)
                        | (pasid.execute() ? Layout.EXECUTE : 0)
                        | pasid.pasid());
    }

    /** First word, for a packet that carries no address type. */
    void first(int type, int tag, int words) {
        first(type, tag, words, AddressType.UNTRANSLATED);
    }

    void first(int type, int tag, int words, AddressType addressType) {
        Attributes attributes = tlp.attributes();
        out.putInt(
                type << BYTE_SHIFT
                        | (tag >>> 9 & 1) * Layout.TAG_9
                        | attributes.trafficClass() << Layout.CLASS_SHIFT
                        | (tag >>> 8 & 1) * Layout.TAG_8
                        | (attributes.idBasedOrdering() ? Layout.ID_ORDERING : 0)
                        | (attributes.poisoned() ? Layout.POISONED : 0)
                        | (attributes.relaxedOrdering() ? Layout.RELAXED_ORDERING : 0)
                        | (attributes.noSnoop() ? Layout.NO_SNOOP : 0)
                        | addressType.ordinal() << Layout.ADDRESS_TYPE_SHIFT
                        | words & Layout.LENGTH_MASK);
    }

    /** Second word: sender, low bits of the tag, byte enables or message code. */
    void second(int tag, int lowByte) {
        out.putInt(
                tlp.senderId() << Layout.ID_SHIFT
                        | (tag & Layout.TAG_MASK) << Layout.TAG_SHIFT
                        | lowByte);
    }

    void address(long address) {
        if (longForm(address) != 0) {
            out.putInt((int) (address >>> Integer.SIZE));
        }
        out.putInt((int) address);
    }

    /** The bytes at their place within 32-bit words. */
    void data(long address, byte[] data) {
        out.position(out.position() + ((int) address & TlpSize.WORD_BYTES - 1));
        out.put(data);
    }

    static int longForm(long address) {
        return address >>> Integer.SIZE == 0 ? 0 : Layout.LONG;
    }

    /** Last BE in bits 7:4, First BE in bits 3:0. */
    static int enables(long address, int bytes) {
        if (bytes == 0) {
            return 0;
        }
        int first = ALL_ENABLES << ((int) address & TlpSize.WORD_BYTES - 1) & ALL_ENABLES;
        int unused = -((int) address + bytes) & TlpSize.WORD_BYTES - 1;
        int last = ALL_ENABLES >> unused;
        boolean oneWord = TlpSize.words(address, bytes) == 1;
        return oneWord ? first & last : last << Layout.LAST_ENABLES_SHIFT | first;
    }
}
