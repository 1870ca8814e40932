package svasim.pcie.tlp;

import static svasim.pcie.tlp.MessageRoute.BY_ID;
import static svasim.pcie.tlp.MessageRoute.FROM_ROOT_COMPLEX;
import static svasim.pcie.tlp.MessageRoute.GATHERED;
import static svasim.pcie.tlp.MessageRoute.LOCAL;
import static svasim.pcie.tlp.MessageRoute.TO_ROOT_COMPLEX;

import java.util.EnumSet;
import java.util.Set;

/** What messages say (PCI Express Base 5.0, 2.2.8 and appendix F), how, and with how much data. */
public enum MessageCode {
    UNLOCK(0x00, 0, FROM_ROOT_COMPLEX),
    INVALIDATE_REQUEST(Layout.INVALIDATE_REQUEST, 2, BY_ID),
    INVALIDATE_COMPLETION(Layout.INVALIDATE_COMPLETION, 0, BY_ID),
    PAGE_REQUEST(Layout.PAGE_REQUEST, 0, TO_ROOT_COMPLEX),
    PAGE_GROUP_RESPONSE(Layout.GROUP_RESPONSE, 0, BY_ID),
    LTR(0x10, 0, LOCAL),
    OBFF(0x12, 0, LOCAL),
    PM_ACTIVE_STATE_NAK(0x14, 0, LOCAL),
    PM_PME(0x18, 0, TO_ROOT_COMPLEX),
    PME_TURN_OFF(0x19, 0, FROM_ROOT_COMPLEX),
    PME_TO_ACK(0x1B, 0, GATHERED),
    ASSERT_INTA(0x20, 0, LOCAL),
    ASSERT_INTB(0x21, 0, LOCAL),
    ASSERT_INTC(0x22, 0, LOCAL),
    ASSERT_INTD(0x23, 0, LOCAL),
    DEASSERT_INTA(0x24, 0, LOCAL),
    DEASSERT_INTB(0x25, 0, LOCAL),
    DEASSERT_INTC(0x26, 0, LOCAL),
    DEASSERT_INTD(0x27, 0, LOCAL),
    ERR_COR(0x30, 0, TO_ROOT_COMPLEX),
    ERR_NONFATAL(0x31, 0, TO_ROOT_COMPLEX),
    ERR_FATAL(0x33, 0, TO_ROOT_COMPLEX),
    SET_SLOT_POWER_LIMIT(0x50, 1, LOCAL),
    PTM_REQUEST(0x52, 0, LOCAL),
    PTM_RESPONSE(0x53, MessageCode.ANY_DATA, LOCAL),
    VENDOR_TYPE_0(0x7E, MessageCode.ANY_DATA, TO_ROOT_COMPLEX, BY_ID, FROM_ROOT_COMPLEX, LOCAL),
    VENDOR_TYPE_1(0x7F, MessageCode.ANY_DATA, TO_ROOT_COMPLEX, BY_ID, FROM_ROOT_COMPLEX, LOCAL);

    private static final int ANY_DATA = -1;
    private static final MessageCode[] BY_CODE = new MessageCode[Layout.CODE_MASK + 1];

    static {
        for (MessageCode message : values()) {
            BY_CODE[message.code] = message;
        }
    }

    private final int code;
    private final int dataWords;
    private final Set<MessageRoute> routes;

    MessageCode(int code, int dataWords, MessageRoute first, MessageRoute... others) {
        this.code = code;
        this.dataWords = dataWords;
        this.routes = EnumSet.of(first, others);
    }

    /** Eight bits on the wire. */
    public int code() {
        return code;
    }

    /**
     * The message with a code; null for one that is not defined, which is an unsupported request.
     */
    public static MessageCode of(int code) {
        return BY_CODE[code];
    }

    boolean goes(MessageRoute route) {
        return routes.contains(route);
    }

    boolean takes(int words) {
        return dataWords == ANY_DATA || dataWords == words;
    }
}
