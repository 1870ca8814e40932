package svasim.iommu.smmuv3;

/** Events by their numbers (7.3). */
enum Event {
    /** No event exists for it: an abort by Config, by GBPA or by an answer of software. */
    NONE(0x00),
    F_UUT(0x01),
    C_BAD_STREAMID(0x02),
    F_STE_FETCH(0x03),
    C_BAD_STE(0x04),
    F_BAD_ATS_TREQ(0x05),
    F_STREAM_DISABLED(0x06),
    F_TRANSL_FORBIDDEN(0x07),
    C_BAD_SUBSTREAMID(0x08),
    F_CD_FETCH(0x09),
    C_BAD_CD(0x0A),
    F_WALK_EABT(0x0B),
    F_TRANSLATION(0x10),
    F_ADDR_SIZE(0x11),
    F_ACCESS(0x12),
    F_PERMISSION(0x13),
    F_TLB_CONFLICT(0x20),
    F_CFG_CONFLICT(0x21),
    /** A hint, not a fault: a device would like to have pages. */
    E_PAGE_REQUEST(0x24),
    F_VMS_FETCH(0x25);

    private final int code;

    Event(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Name of the event that a record of the event queue tells of. */
    static String inWords(long[] words) {
        for (Event event : values()) {
            if (event.code == (words[0] & 0xFF)) {
                return event.name();
            }
        }
        return "no event";
    }

    /** Whether STE and CD decide about stall, record and abort (3.12). */
    boolean configurable() {
        return code >= F_TRANSLATION.code && code <= F_PERMISSION.code;
    }

    /** Whether the error lies in the configuration, so that ATS is answered with CA (3.9.1). */
    boolean configuration() {
        return switch (this) {
            case C_BAD_STREAMID,
                    F_STE_FETCH,
                    C_BAD_STE,
                    F_STREAM_DISABLED,
                    C_BAD_SUBSTREAMID,
                    F_CD_FETCH,
                    C_BAD_CD,
                    F_WALK_EABT,
                    F_TLB_CONFLICT,
                    F_CFG_CONFLICT,
                    F_VMS_FETCH ->
                    true;
            default -> false;
        };
    }

    /** Whether a repetition may be merged even if STE.MEV does not allow it (7.2.1). */
    boolean alwaysMergeable() {
        return switch (this) {
            case F_UUT, C_BAD_STREAMID, F_STE_FETCH, C_BAD_STE -> true;
            default -> false;
        };
    }
}
