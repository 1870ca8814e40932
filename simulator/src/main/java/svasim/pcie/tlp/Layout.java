package svasim.pcie.tlp;

/**
 * Codes and bit positions of TLP headers and of the PASID prefix (PCI Express Base 5.0, 2.2 and
 * 10.2; here after the public encoders that the project's notes name).
 */
final class Layout {
    // First byte of a header: Fmt in bits 7:5, Type in bits 4:0.
    static final int LONG = 0x20;
    static final int DATA = 0x40;
    static final int TYPE_MASK = 0x1F;
    static final int MEMORY = 0x00;
    static final int LOCKED_MEMORY = 0x01;
    static final int IO = 0x02;
    static final int CONFIGURATION_0 = 0x04;
    static final int CONFIGURATION_1 = 0x05;
    static final int COMPLETION = 0x0A;
    static final int LOCKED_COMPLETION = 0x0B;
    static final int DEFERRABLE_WRITE = 0x1B;
    static final int MESSAGE = 0x10;
    static final int ROUTE_MASK = 7;
    static final int ROUTE_BY_ID = 2;

    // First byte of a prefix.
    static final int PREFIX_MASK = 0xE0;
    static final int PREFIX = 0x80;
    static final int END_END = 0x10;
    static final int PASID_PREFIX = 0x91;
    static final int MAX_END_END = 4;

    // PASID prefix.
    static final int PRIVILEGED = 1 << 23;
    static final int EXECUTE = 1 << 22;
    static final int PASID_MASK = 0xFFFFF;

    // First 32-bit word of a header.
    static final int TAG_9 = 1 << 23;
    static final int CLASS_SHIFT = 20;
    static final int CLASS_MASK = 7;
    static final int TAG_8 = 1 << 19;
    static final int ID_ORDERING = 1 << 18;
    static final int DIGEST = 1 << 15;
    static final int POISONED = 1 << 14;
    static final int RELAXED_ORDERING = 1 << 13;
    static final int NO_SNOOP = 1 << 12;
    static final int ADDRESS_TYPE_SHIFT = 10;
    static final int ADDRESS_TYPE_MASK = 3;
    static final int LENGTH_MASK = 0x3FF;
    static final int MAX_LENGTH = 1024;

    // Second word: who, which, byte enables or message code.
    static final int ID_SHIFT = 16;
    static final int ID_MASK = 0xFFFF;
    static final int TAG_SHIFT = 8;
    static final int TAG_MASK = 0xFF;
    static final int LAST_ENABLES_SHIFT = 4;
    static final int ENABLES_MASK = 0xF;
    static final int CODE_MASK = 0xFF;

    // Completion.
    static final int STATUS_SHIFT = 13;
    static final int STATUS_MASK = 7;
    static final int BYTE_COUNT_MASK = 0xFFF;
    static final int MAX_BYTE_COUNT = 4096;
    static final int LOWER_ADDRESS_MASK = 0x7F;

    // Configuration request, third word below the target.
    static final int REGISTER_MASK = 0xFFC;

    // ATS and PRI.
    static final int NO_WRITE = 1;
    static final int MAX_TRANSLATION_WORDS = 32;
    static final int INVALIDATE_REQUEST = 0x01;
    static final int INVALIDATE_COMPLETION = 0x02;
    static final int PAGE_REQUEST = 0x04;
    static final int GROUP_RESPONSE = 0x05;
    static final int ITAG_MASK = 0x1F;
    static final long GLOBAL = 1;
    static final int COMPLETION_COUNT_MASK = 7;
    static final int MAX_COMPLETION_COUNT = 8;
    static final int PAGE_MASK = 0xFFFFF000;
    static final int PRG_SHIFT = 3;
    static final int PRG_MASK = 0x1FF;
    static final int PAGE_LAST = 1 << 2;
    static final int PAGE_WRITE = 1 << 1;
    static final int PAGE_READ = 1;
    static final int RESPONSE_SHIFT = 12;
    static final int RESPONSE_MASK = 0xF;

    private Layout() {}
}
