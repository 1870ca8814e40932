package svasim.iommu.smmuv3;

/** Which way a request takes through the unit, or why it gets nowhere. */
enum Path {
    /** Every stage that the stream uses. */
    ALL_STAGES(null),
    STAGE_2_ONLY(null),
    /** The output address is the input address. */
    IDENTITY(null),

    /** Without an event. */
    ABORTED(Event.NONE),
    UNSUPPORTED(Event.F_UUT),
    BAD_SUBSTREAM(Event.C_BAD_SUBSTREAMID),
    STREAM_DISABLED(Event.F_STREAM_DISABLED),
    TOO_LARGE(Event.F_ADDR_SIZE),
    BAD_ATS_REQUEST(Event.F_BAD_ATS_TREQ),
    FORBIDDEN(Event.F_TRANSL_FORBIDDEN);

    private final Event refusal;

    Path(Event refusal) {
        this.refusal = refusal;
    }

    /** The event of a path that leads nowhere, or null. */
    Event refusal() {
        return refusal;
    }
}
