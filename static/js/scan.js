// Reading a card's code with the camera, or in a picture of the card. The page works without this file: one types.
// The picture stays in the browser; the text of the code goes into the form, which is sent at once.

const form = document.getElementById("rights-form");
const panel = form.querySelector("[data-scan]");
const status = form.querySelector("[data-status]");
const button = form.querySelector("[data-camera]");
const video = document.getElementById("viewfinder");
const picture = document.getElementById("picture");
const WIDTHS = [2400, 1700, 1200, 800];
let stream;

const load = () =>
  new Promise((resolve, reject) => {
    if (window.ZXing) return resolve();
    const script = document.createElement("script");
    script.src = form.dataset.zxing;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

function decoded(pixels) {
  const { data, width, height } = pixels;
  const grey = new Uint8ClampedArray(width * height);
  for (let i = 0; i < grey.length; i++) grey[i] = (data[4 * i] * 306 + data[4 * i + 1] * 601 + data[4 * i + 2] * 117) >> 10;
  const hints = new Map([
    [ZXing.DecodeHintType.POSSIBLE_FORMATS, [ZXing.BarcodeFormat.QR_CODE, ZXing.BarcodeFormat.DATA_MATRIX]],
    [ZXing.DecodeHintType.TRY_HARDER, true],
  ]);
  const source = new ZXing.RGBLuminanceSource(grey, width, height);
  try {
    return new ZXing.MultiFormatReader().decode(new ZXing.BinaryBitmap(new ZXing.HybridBinarizer(source)), hints).getText();
  } catch {
    return "";
  }
}

function pixelsOf(image, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(image, 0, 0, width, height);
  return pen.getImageData(0, 0, width, height);
}

const isOurs = (text) => text.startsWith("CTP1");

function send(text) {
  stop();
  status.textContent = "Code lu : vérification…";
  form.elements.scan.value = text;
  form.submit();
}

function stop() {
  for (const track of stream ? stream.getTracks() : []) track.stop();
  stream = undefined;
  video.hidden = true;
  button.setAttribute("aria-expanded", "false");
}

// A code that one size of the picture hides is often read at another: each look takes the next one.
const SCALES = [1, 0.75, 0.5];

async function watch() {
  for (let look = 0; stream; look++) {
    if (video.videoWidth) {
      const scale = SCALES[look % SCALES.length];
      const text = decoded(pixelsOf(video, Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)));
      if (isOurs(text)) return send(text);
      if (text) status.textContent = "Ce code n’est pas celui d’une de nos cartes.";
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

button.hidden = !navigator.mediaDevices;
button.addEventListener("click", async () => {
  if (stream) return stop();
  try {
    await load();
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
  } catch {
    status.textContent = "La caméra n’est pas disponible. Choisissez une image, ou tapez le numéro.";
    return;
  }
  video.srcObject = stream;
  video.hidden = false;
  button.setAttribute("aria-expanded", "true");
  status.textContent = "Montrez un des deux codes de la carte.";
  await video.play();
  watch();
});

picture.addEventListener("change", async () => {
  const [file] = picture.files;
  if (!file) return;
  status.textContent = "Lecture de l’image…";
  try {
    await load();
    const image = await createImageBitmap(file);
    for (const width of [...new Set([image.width, ...WIDTHS])]) {
      const height = Math.round((image.height * width) / image.width);
      const text = decoded(pixelsOf(image, width, height));
      if (isOurs(text)) return send(text);
    }
    status.textContent = "Aucun code de nos cartes dans cette image. Essayez une image plus nette, ou tapez le numéro.";
  } catch {
    status.textContent = "Cette image ne s’ouvre pas. Essayez-en une autre, ou tapez le numéro.";
  }
  picture.value = "";
});

panel.hidden = false;
