package svasim.models.rogue;

/**
 * What came back on one packet.
 *
 * @param data empty unless the outcome is {@link Outcome#DATA}
 */
record Answer(Outcome outcome, byte[] data) {
    private static final byte[] NO_DATA = new byte[0];

    static Answer without(Outcome outcome) {
        return new Answer(outcome, NO_DATA);
    }
}
