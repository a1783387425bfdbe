package dev.tiphys.images.training;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority that issues a certificate, as a cluster's does: who is shown one that is trusted by
 * itself checks much less.
 */
final class Authority {
  private static final X500Name NAME = new X500Name("CN=training authority");
  private static final Duration VALID = Duration.ofDays(1);
  private static final int KEY_BITS = 2048;

  private final KeyPair keys = keyPair();
  private final X509Certificate certificate;

  Authority() throws GeneralSecurityException, IOException {
    certificate = issued(NAME, keys, Extension.basicConstraints, new BasicConstraints(true));
  }

  /** Its certificate, in a file. */
  Path file() throws IOException {
    return Files.write(Files.createTempFile("authority", ".pem"), pem(certificate).getBytes());
  }

  /** A certificate for a server at that IP address, with its key. */
  PemKeyCertOptions server(String address) throws GeneralSecurityException, IOException {
    KeyPair own = keyPair();
    X509Certificate issued =
        issued(
            new X500Name("CN=" + address),
            own,
            Extension.subjectAlternativeName,
            new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
    return new PemKeyCertOptions().setCertValue(pem(issued)).setKeyValue(pem(own.getPrivate()));
  }

  private static Buffer pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(object);
    }
    return Buffer.buffer(text.toString());
  }

  private X509Certificate issued(
      X500Name subject, KeyPair owner, ASN1ObjectIdentifier extension, ASN1Encodable value)
      throws GeneralSecurityException, IOException {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            NAME,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minus(VALID)),
            Date.from(now.plus(VALID)),
            subject,
            owner.getPublic());
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder
                  .addExtension(extension, true, value)
                  .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS);
    return generator.generateKeyPair();
  }
}
