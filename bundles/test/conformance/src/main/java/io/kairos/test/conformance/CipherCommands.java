package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Token;
import io.kairos.core.link.resource.Bzip2;
import io.kairos.crypto.reticulum.CbcToken;
import io.kairos.crypto.reticulum.HmacSha256;
import io.kairos.crypto.reticulum.Padding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** Keys, tokens, derivation and compression. */
final class CipherCommands implements Commands.Family {

    private static final int IV = 16;
    private static final int LARGEST = 64 << 20;

    private final CryptoSuite suite = Suite.reticulum();

    @Override
    public void addTo(Commands commands) {
        keys(commands);
        tokens(commands);
        blocks(commands);
        commands.add("bz2_compress", CipherCommands::compress)
                .add("bz2_decompress", CipherCommands::decompress)
                .add("crypto_provider_op", CipherCommands::byProvider);
    }

    private void keys(Commands commands) {
        commands.add("x25519_generate", p -> agreementPair(p.bytes("seed")))
                .add(
                        "x25519_public_from_private",
                        p -> Answer.of("public_key", suite.keyAgreement().publicKey(p.bytes("private_key"))))
                .add("x25519_exchange", this::exchange)
                .add("ed25519_generate", p -> signingPair(p.bytes("seed")))
                .add(
                        "ed25519_sign",
                        p -> Answer.of("signature", suite.signer().sign(p.bytes("private_key"), p.bytes("message"))))
                .add(
                        "ed25519_verify",
                        p -> Answer.of(
                                "valid",
                                suite.signer().verify(p.bytes("public_key"), p.bytes("message"), p.bytes("signature"))))
                .add(
                        "hkdf",
                        p -> Answer.of(
                                "derived_key",
                                suite.deriveKey(
                                        (int) p.number("length"),
                                        p.bytes("ikm"),
                                        p.optionalBytes("salt").orElse(null),
                                        p.optionalBytes("info").orElse(null))));
    }

    private Map<String, Object> agreementPair(byte[] seed) {
        return Answer.with("private_key", seed)
                .and("public_key", suite.keyAgreement().publicKey(seed))
                .map();
    }

    private Map<String, Object> signingPair(byte[] seed) {
        return Answer.with("private_key", seed)
                .and("public_key", suite.signer().publicKey(seed))
                .map();
    }

    private Map<String, Object> exchange(Parameters p) {
        return Answer.of("shared_secret", secret(suite, p));
    }

    /** Bouncy Castle's bundle or the Java runtime's; AES comes from the runtime with either. */
    private static Map<String, Object> byProvider(Parameters p) {
        CryptoSuite chosen = switch (p.text("provider")) {
            case "internal" -> Suite.reticulum();
            case "pyca" -> Suite.ofRuntime();
            default -> throw new IllegalArgumentException("no such provider: " + p.text("provider"));
        };
        return switch (p.text("op")) {
            case "x25519_exchange" -> Answer.of("result", secret(chosen, p));
            case "ed25519_sign" ->
                Answer.of("result", chosen.signer().sign(p.bytes("private_key"), p.bytes("message")));
            case "ed25519_verify" ->
                Answer.of(
                        "valid",
                        chosen.signer().verify(p.bytes("public_key"), p.bytes("message"), p.bytes("signature")));
            case "aes_256_cbc_encrypt" -> {
                byte[] plaintext = p.bytes("plaintext");
                yield Answer.of("result", Arrays.copyOf(blocksOf(p, plaintext), plaintext.length));
            }
            default -> throw new IllegalArgumentException("no such operation: " + p.text("op"));
        };
    }

    private static byte[] secret(CryptoSuite chosen, Parameters p) {
        byte[] secret = chosen.keyAgreement().agree(p.bytes("private_key"), p.bytes("peer_public_key"));
        if (secret == null) {
            throw new IllegalArgumentException("the key of the peer cannot be used");
        }
        return secret;
    }

    private void tokens(Commands commands) {
        commands.add(
                        "token_encrypt",
                        p -> Answer.of("token", suite.token(p.bytes("key")).seal(p.bytes("plaintext"))))
                .add(
                        "token_decrypt",
                        p -> Answer.of("plaintext", opened(suite.token(p.bytes("key")), p.bytes("token"))))
                .add("token_verify_hmac", p -> {
                    byte[] token = p.bytes("token");
                    if (token.length <= HmacSha256.LENGTH) {
                        throw new IllegalArgumentException("this is not even an authentication code of something");
                    }
                    CbcToken checking = new CbcToken(p.bytes("key"), none -> {});
                    return Answer.of("valid", checking.isAuthentic(token, 0, token.length));
                })
                .add("token_generate_key", p -> {
                    Token.Mode mode = Token.Mode.named(p.text("mode", Token.Mode.AES_256_CBC.name()));
                    return Answer.of("key", suite.generateTokenKey(mode));
                });
    }

    /** The product has its blocks only inside of tokens, so a token is made and its blocks are shown. */
    private static void blocks(Commands commands) {
        commands.add("aes_encrypt", p -> Answer.of("ciphertext", blocksOf(p, p.bytes("plaintext"))))
                .add("aes_decrypt", p -> Answer.of("plaintext", opened(tokenOf(p), sealed(p, p.bytes("ciphertext")))))
                .add("aes_256_cbc_encrypt", p -> {
                    byte[] plaintext = p.bytes("plaintext");
                    return Answer.of("ciphertext", Arrays.copyOf(blocksOf(p, plaintext), plaintext.length));
                })
                .add("aes_256_cbc_decrypt", p -> Answer.of("plaintext", opened(tokenOf(p), sealed(p, withPadding(p)))))
                .add("pkcs7_pad", p -> Answer.of("padded", padded(p.bytes("data"))))
                .add("pkcs7_unpad", p -> Answer.of("unpadded", unpadded(p.bytes("data"))));
    }

    private static byte[] blocksOf(Parameters p, byte[] plaintext) {
        byte[] token = tokenOf(p).seal(plaintext);
        return Arrays.copyOfRange(token, IV, token.length - HmacSha256.LENGTH);
    }

    /** A token whose signing key is zero and whose IV is the given one. */
    private static CbcToken tokenOf(Parameters p) {
        return tokenOf(p, p.bytes("iv"));
    }

    private static CbcToken tokenOf(Parameters p, byte[] iv) {
        byte[] key = p.bytes("key");
        int wanted = p.text("mode", "AES_256_CBC").equals("AES_128_CBC") ? 16 : 32;
        if (key.length != wanted) {
            throw new IllegalArgumentException("a key of %d bytes, not of %d".formatted(key.length, wanted));
        }
        byte[] both = new byte[2 * key.length];
        System.arraycopy(key, 0, both, key.length, key.length);
        return new CbcToken(both, out -> System.arraycopy(iv, 0, out, 0, IV));
    }

    /** Tokens end with padding, so a block of it is chained to the blocks. */
    private static byte[] withPadding(Parameters p) {
        byte[] ciphertext = p.bytes("ciphertext");
        byte[] last = Arrays.copyOfRange(ciphertext, ciphertext.length - IV, ciphertext.length);
        byte[] token = tokenOf(p, last).seal(new byte[0]);
        byte[] padded = Arrays.copyOf(ciphertext, ciphertext.length + IV);
        System.arraycopy(token, IV, padded, ciphertext.length, IV);
        return padded;
    }

    private static byte[] sealed(Parameters p, byte[] ciphertext) {
        byte[] iv = p.bytes("iv");
        byte[] token = Arrays.copyOf(iv, IV + ciphertext.length + HmacSha256.LENGTH);
        System.arraycopy(ciphertext, 0, token, IV, ciphertext.length);
        HmacSha256 code = new HmacSha256(new byte[p.bytes("key").length]);
        code.authenticate(token, 0, IV + ciphertext.length, token, IV + ciphertext.length);
        return token;
    }

    private static byte[] opened(Token token, byte[] sealed) {
        byte[] plaintext = token.open(sealed);
        if (plaintext == null) {
            throw new IllegalArgumentException("the token is not authentic");
        }
        return plaintext;
    }

    private static byte[] padded(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] last = Padding.lastBlock(data, 0, data.length);
        out.write(data, 0, data.length - data.length % last.length);
        out.writeBytes(last);
        return out.toByteArray();
    }

    private static byte[] unpadded(byte[] data) {
        int length = Padding.plainLength(data, 0, data.length);
        if (length < 0) {
            throw new IllegalArgumentException("this is no padding");
        }
        return Arrays.copyOf(data, length);
    }

    private static Map<String, Object> compress(Parameters p) {
        byte[] data = p.bytes("data");
        byte[] compressed = Bzip2.compress(data, 0, data.length);
        return Answer.with("compressed", compressed)
                .and("original_size", data.length)
                .and("compressed_size", compressed.length)
                .and("ratio", data.length == 0 ? 0 : compressed.length / (double) data.length)
                .map();
    }

    private static Map<String, Object> decompress(Parameters p) throws IOException {
        byte[] decompressed = Bzip2.decompress(p.bytes("compressed"), LARGEST);
        return Answer.with("decompressed", decompressed)
                .and("size", decompressed.length)
                .map();
    }
}
