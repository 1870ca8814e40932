package svasim.iommu.amdvi;

/** Events by their codes (6). */
enum Event {
    ILLEGAL_DEV_TABLE_ENTRY(1),
    IO_PAGE_FAULT(2),
    DEV_TAB_HARDWARE_ERROR(3),
    PAGE_TAB_HARDWARE_ERROR(4),
    ILLEGAL_COMMAND_ERROR(5),
    COMMAND_HARDWARE_ERROR(6),
    IOTLB_INV_TIMEOUT(7),
    INVALID_DEVICE_REQUEST(8),
    INVALID_PPR_REQUEST(9);

    private final int code;

    Event(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Name of the event that a record of the event log tells of. */
    static String inWords(long[] words) {
        return inWords((int) (words[0] >>> 60));
    }

    /** Name of the event with a code. */
    static String inWords(int code) {
        for (Event event : values()) {
            if (event.code == code) {
                return event.name();
            }
        }
        return "no event";
    }
}
