package svasim.pcie.tlp;

import java.nio.ByteBuffer;

/** Writes one packet. */
final class Encoder {
    private static final int ALL_ENABLES = 0xF;

    private final Tlp tlp;
    private final ByteBuffer out;

    Encoder(Tlp tlp) {
        this.tlp = tlp;
        this.out = ByteBuffer.allocate(TlpSize.bytes(tlp));
    }

    byte[] bytes() {
        if (tlp.pasid() != null) {
            out.putInt(prefix(tlp.pasid()));
        }
        if (tlp instanceof Tlp.MemoryRead read) {
            memory(read, Layout.MEMORY, read.tag());
        } else if (tlp instanceof Tlp.MemoryWrite write) {
            memory(write, Layout.DATA | Layout.MEMORY, 0);
            data(write.address(), write.data());
        } else if (tlp instanceof Tlp.DeferrableWrite write) {
            memory(write, Layout.DATA | Layout.DEFERRABLE_WRITE, write.tag());
            data(write.address(), write.data());
        } else if (tlp instanceof Tlp.TranslationRequest request) {
            translationRequest(request);
        } else if (tlp instanceof Tlp.Completion completion) {
            completion(completion);
        } else if (tlp instanceof Tlp.ConfigurationRequest request) {
            configuration(request);
        } else {
            message();
        }
        return out.array();
    }

    private void message() {
        if (tlp instanceof Tlp.InvalidateRequest request) {
            invalidateRequest(request);
        } else if (tlp instanceof Tlp.InvalidateCompletion completion) {
            invalidateCompletion(completion);
        } else if (tlp instanceof Tlp.PageRequest request) {
            pageRequest(request);
        } else if (tlp instanceof Tlp.PageGroupResponse response) {
            groupResponse(response);
        }
    }

    private void memory(Tlp.MemoryRequest request, int type, int tag) {
        int words = TlpSize.words(request.address(), request.bytes());
        first(type | longForm(request.address()), tag, words, request.addressType());
        request(tag, enables(request.address(), request.bytes()));
        address(request.address() & -TlpSize.WORD_BYTES);
    }

    private void translationRequest(Tlp.TranslationRequest request) {
        int type = Layout.MEMORY | longForm(request.address());
        first(type, request.tag(), 2 * request.entries(), AddressType.TRANSLATION_REQUEST);
        request(request.tag(), ALL_ENABLES << Layout.LAST_ENABLES_SHIFT | ALL_ENABLES);
        address(request.address() | (request.noWrite() ? Layout.NO_WRITE : 0));
    }

    private void completion(Tlp.Completion completion) {
        int words = TlpSize.payloadWords(completion);
        int type = Layout.COMPLETION | (words == 0 ? 0 : Layout.DATA);
        first(type, completion.tag(), words, AddressType.UNTRANSLATED);
        out.putInt(
                completion.completerId() << Layout.ID_SHIFT
                        | completion.status().code() << Layout.STATUS_SHIFT
                        | completion.byteCount() & Layout.BYTE_COUNT_MASK);
        out.putInt(
                completion.requesterId() << Layout.ID_SHIFT
                        | (completion.tag() & Layout.TAG_MASK) << Layout.TAG_SHIFT
                        | completion.lowerAddress());
        if (words > 0) {
            data(completion.lowerAddress(), completion.data());
        }
    }

    private void configuration(Tlp.ConfigurationRequest request) {
        boolean write = request instanceof Tlp.ConfigurationWrite;
        int kind = request.forwarded() ? Layout.CONFIGURATION_1 : Layout.CONFIGURATION_0;
        int type = kind | (write ? Layout.DATA : 0);
        first(type, request.tag(), 1, AddressType.UNTRANSLATED);
        request(request.tag(), enables(request.offset(), request.bytes()));
        out.putInt(
                request.destinationId() << Layout.ID_SHIFT
                        | request.offset() & Layout.REGISTER_MASK);
        if (request instanceof Tlp.ConfigurationWrite withData) {
            data(request.offset(), withData.data());
        }
    }

    private void invalidateRequest(Tlp.InvalidateRequest request) {
        int type = Layout.DATA | Layout.LONG | Layout.MESSAGE | Layout.ROUTE_BY_ID;
        first(type, 0, Long.BYTES / TlpSize.WORD_BYTES, AddressType.UNTRANSLATED);
        messageWord(request.itag(), Layout.INVALIDATE_REQUEST);
        out.putInt(request.destinationId() << Layout.ID_SHIFT);
        out.putInt(0);
        long flags =
                (request.sized() ? TranslationEntry.SIZE : 0)
                        | (request.global() ? Layout.GLOBAL : 0);
        out.putLong(request.address() | flags);
    }

    private void invalidateCompletion(Tlp.InvalidateCompletion completion) {
        int type = Layout.LONG | Layout.MESSAGE | Layout.ROUTE_BY_ID;
        first(type, 0, 0, AddressType.UNTRANSLATED);
        messageWord(0, Layout.INVALIDATE_COMPLETION);
        out.putInt(
                completion.destinationId() << Layout.ID_SHIFT
                        | completion.completionCount() & Layout.COMPLETION_COUNT_MASK);
        out.putInt(completion.itags());
    }

    private void pageRequest(Tlp.PageRequest request) {
        first(Layout.LONG | Layout.MESSAGE, 0, 0, AddressType.UNTRANSLATED);
        messageWord(0, Layout.PAGE_REQUEST);
        out.putInt((int) (request.pageAddress() >>> Integer.SIZE));
        out.putInt(
                (int) request.pageAddress() & Layout.PAGE_MASK
                        | request.prgIndex() << Layout.PRG_SHIFT
                        | (request.last() ? Layout.PAGE_LAST : 0)
                        | (request.write() ? Layout.PAGE_WRITE : 0)
                        | (request.read() ? Layout.PAGE_READ : 0));
    }

    private void groupResponse(Tlp.PageGroupResponse response) {
        int type = Layout.LONG | Layout.MESSAGE | Layout.ROUTE_BY_ID;
        first(type, 0, 0, AddressType.UNTRANSLATED);
        messageWord(0, Layout.GROUP_RESPONSE);
        out.putInt(
                response.destinationId() << Layout.ID_SHIFT
                        | response.code() << Layout.RESPONSE_SHIFT
                        | response.prgIndex());
        out.putInt(0);
    }

    private void first(int type, int tag, int words, AddressType addressType) {
        Attributes attributes = tlp.attributes();
        out.putInt(
                type << 24
                        | (tag >>> 9 & 1) * Layout.TAG_9
                        | attributes.trafficClass() << Layout.CLASS_SHIFT
                        | (tag >>> 8 & 1) * Layout.TAG_8
                        | (attributes.idBasedOrdering() ? Layout.ID_ORDERING : 0)
                        | (attributes.relaxedOrdering() ? Layout.RELAXED_ORDERING : 0)
                        | (attributes.noSnoop() ? Layout.NO_SNOOP : 0)
                        | addressType.ordinal() << Layout.ADDRESS_TYPE_SHIFT
                        | words & Layout.LENGTH_MASK);
    }

    private void request(int tag, int enables) {
        messageWord(tag & Layout.TAG_MASK, enables);
    }

    private void messageWord(int tag, int lowByte) {
        out.putInt(tlp.senderId() << Layout.ID_SHIFT | tag << Layout.TAG_SHIFT | lowByte);
    }

    private void address(long address) {
        if (longForm(address) != 0) {
            out.putInt((int) (address >>> Integer.SIZE));
        }
        out.putInt((int) address);
    }

    /** The bytes at their place within 32-bit words. */
    private void data(long address, byte[] data) {
        out.position(out.position() + ((int) address & TlpSize.WORD_BYTES - 1));
        out.put(data);
    }

    private static int longForm(long address) {
        return address >>> Integer.SIZE == 0 ? 0 : Layout.LONG;
    }

    private static int prefix(PasidPrefix pasid) {
        return Layout.PASID_PREFIX << 24
                | (pasid.privileged() ? Layout.PRIVILEGED : 0)
                | (pasid.execute() ? Layout.EXECUTE : 0)
                | pasid.pasid();
    }

    /** Last BE in bits 7:4, First BE in bits 3:0. */
    private static int enables(long address, int bytes) {
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
