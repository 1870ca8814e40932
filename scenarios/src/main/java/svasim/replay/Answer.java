package svasim.replay;

import svasim.pcie.tlp.CompletionStatus;

/**
 * What became of a memory request.
 *
 * @param status null while there is no answer
 * @param address output address, if translated
 * @param code the unit's own fault code, or {@link #NO_CODE}
 */
record Answer(CompletionStatus status, boolean translated, long address, int code) {
    static final int NO_CODE = -1;

    static final Answer NONE = new Answer(null, false, 0, NO_CODE);

    @Override
    public String toString() {
        if (translated) {
            return Long.toHexString(address);
        }
        if (status == null) {
            return "no answer";
        }
        return "refused (" + status + ") code " + codeText();
    }

    /** The code as captures write it. */
    String codeText() {
        return code == NO_CODE ? "-" : Integer.toHexString(code);
    }
}
