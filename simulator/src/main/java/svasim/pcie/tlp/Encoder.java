package svasim.pcie.tlp;

/** Writes one packet. */
final class Encoder {
    private static final int ALL_ENABLES = 0xF;

    private final Tlp tlp;
    private final HeaderWriter out;

    Encoder(Tlp tlp) {
        this.tlp = tlp;
        this.out = new HeaderWriter(tlp);
    }

    byte[] bytes() {
        if (tlp.pasid() != null) {
            out.prefix(tlp.pasid());
        }
        if (tlp instanceof Tlp.MemoryRequest request) {
            memory(request);
        } else if (tlp instanceof Tlp.TranslationRequest request) {
            translationRequest(request);
        } else if (tlp instanceof LockedRead read) {
            lockedRead(read);
        } else if (tlp instanceof IoRequest request) {
            io(request);
        } else if (tlp instanceof Tlp.ConfigurationRequest request) {
            configuration(request);
        } else if (tlp instanceof Tlp.Completion completion) {
            completion(completion, Layout.COMPLETION);
        } else if (tlp instanceof LockedCompletion locked) {
            completion(locked.completion(), Layout.LOCKED_COMPLETION);
        } else {
            message();
        }
        return out.bytes();
    }

    private void message() {
        MessageEncoder messages = new MessageEncoder(out);
        if (tlp instanceof Tlp.InvalidateRequest request) {
            messages.invalidateRequest(request);
        } else if (tlp instanceof Tlp.InvalidateCompletion completion) {
            messages.invalidateCompletion(completion);
        } else if (tlp instanceof Tlp.PageRequest request) {
            messages.pageRequest(request);
        } else if (tlp instanceof Tlp.PageGroupResponse response) {
            messages.groupResponse(response);
        } else if (tlp instanceof Message other) {
            messages.message(other);
        }
    }

    private void memory(Tlp.MemoryRequest request) {
        if (request instanceof Tlp.MemoryRead read) {
            memory(read, Layout.MEMORY, read.tag());
        } else if (request instanceof Tlp.MemoryWrite write) {
            memory(write, Layout.DATA | Layout.MEMORY, 0);
            out.data(write.address(), write.data());
        } else if (request instanceof Tlp.DeferrableWrite write) {
            memory(write, Layout.DATA | Layout.DEFERRABLE_WRITE, write.tag());
            out.data(write.address(), write.data());
        } else if (request instanceof AtomicRequest atomic) {
            atomic(atomic);
        }
    }

    private void memory(Tlp.MemoryRequest request, int type, int tag) {
        int words = TlpSize.words(request.address(), request.bytes());
        int form = HeaderWriter.longForm(request.address());
        out.first(type | form, tag, words, request.addressType());
        out.second(tag, HeaderWriter.enables(request.address(), request.bytes()));
        out.address(request.address() & -TlpSize.WORD_BYTES);
    }

    /** Byte enables have no meaning; they are written as if all operands were there. */
    private void atomic(AtomicRequest atomic) {
        int type = Layout.DATA | atomic.operation().type();
        int form = HeaderWriter.longForm(atomic.address());
        int words = atomic.data().length / TlpSize.WORD_BYTES;
        out.first(type | form, atomic.tag(), words, atomic.addressType());
        out.second(atomic.tag(), HeaderWriter.enables(0, atomic.data().length));
        out.address(atomic.address());
        out.data(0, atomic.data());
    }

    private void translationRequest(Tlp.TranslationRequest request) {
        int type = Layout.MEMORY | HeaderWriter.longForm(request.address());
        out.first(type, request.tag(), 2 * request.entries(), AddressType.TRANSLATION_REQUEST);
        out.second(request.tag(), ALL_ENABLES << Layout.LAST_ENABLES_SHIFT | ALL_ENABLES);
        out.address(request.address() | (request.noWrite() ? Layout.NO_WRITE : 0));
    }

    private void lockedRead(LockedRead read) {
        int type = Layout.LOCKED_MEMORY | HeaderWriter.longForm(read.address());
        out.first(type, read.tag(), TlpSize.words(read.address(), read.bytes()));
        out.second(read.tag(), HeaderWriter.enables(read.address(), read.bytes()));
        out.address(read.address() & -TlpSize.WORD_BYTES);
    }

    private void io(IoRequest request) {
        boolean write = request instanceof IoRequest.Write;
        out.first(Layout.IO | (write ? Layout.DATA : 0), request.tag(), 1);
        out.second(request.tag(), HeaderWriter.enables(request.address(), request.bytes()));
        out.word((int) request.address() & -TlpSize.WORD_BYTES);
        if (request instanceof IoRequest.Write withData) {
            out.data(request.address(), withData.data());
        }
    }

    private void configuration(Tlp.ConfigurationRequest request) {
        boolean write = request instanceof Tlp.ConfigurationWrite;
        int kind = request.forwarded() ? Layout.CONFIGURATION_1 : Layout.CONFIGURATION_0;
        out.first(kind | (write ? Layout.DATA : 0), request.tag(), 1);
        out.second(request.tag(), HeaderWriter.enables(request.offset(), request.bytes()));
        out.word(
                request.destinationId() << Layout.ID_SHIFT
                        | request.offset() & Layout.REGISTER_MASK);
        if (request instanceof Tlp.ConfigurationWrite withData) {
            out.data(request.offset(), withData.data());
        }
    }

    private void completion(Tlp.Completion completion, int kind) {
        int words = TlpSize.payloadWords(completion);
        out.first(kind | (words == 0 ? 0 : Layout.DATA), completion.tag(), words);
        out.word(
                completion.completerId() << Layout.ID_SHIFT
                        | completion.status().code() << Layout.STATUS_SHIFT
                        | completion.byteCount() & Layout.BYTE_COUNT_MASK);
        out.word(
                completion.requesterId() << Layout.ID_SHIFT
                        | (completion.tag() & Layout.TAG_MASK) << Layout.TAG_SHIFT
                        | completion.lowerAddress());
        if (words > 0) {
            out.data(completion.lowerAddress(), completion.data());
        }
    }
}
