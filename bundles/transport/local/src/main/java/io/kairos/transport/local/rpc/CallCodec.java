package io.kairos.transport.local.rpc;

import io.kairos.api.admin.ProgramCalls;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.bytes.MessagePack;
import java.util.Map;
import java.util.Optional;

/** Answers an encoded call in the encoding it came in: MessagePack, or the pickles of programs up to RNS 1.3.3. */
final class CallCodec {

    private CallCodec() {}

    /**
     * Answers.
     *
     * @return empty for a call that is not understood
     * @throws MalformedException for bytes that are no call
     */
    static Optional<byte[]> answer(byte[] call, ProgramCalls calls) {
        if (PickleReader.isPickle(call)) {
            return calls.answer(PickleReader.read(call)).map(answer -> PickleWriter.write(answer.value()));
        }
        return MessagePack.unpack(call) instanceof Map<?, ?> map
                ? calls.answer(map).map(answer -> MessagePack.pack(answer.value()))
                : Optional.empty();
    }
}
