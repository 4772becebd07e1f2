/**
 * Paints small pictures of ink on canvases; used by the figures of the GAN chapter.
 */

/**
 * Paint shares of ink on a canvas that has one pixel for each.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array|null} picture 0 (paper) to 1 (ink) in C order; null clears
 * @param {string} colour of the ink, for the present theme
 */
export function paintInk(canvas, picture, colour) {
  const context = canvas.getContext("2d");
  const { width, height } = canvas;
  context.clearRect(0, 0, width, height);
  if (!picture) return;
  context.fillStyle = colour;
  picture.forEach((ink, k) => {
    if (ink <= 0) return;
    context.globalAlpha = Math.min(1, ink);
    context.fillRect(k % width, Math.floor(k / width), 1, 1);
  });
}
