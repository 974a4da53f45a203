import re
from pathlib import Path

import pytest

from corpus import Document, ProductMention, load_products
from corpus.errors import InvalidCatalogError

Shelf = tuple[Document, ...]
Products = dict[str, ProductMention]


@pytest.fixture(scope="module")
def products(documents: Shelf) -> Products:
    return {product.name: product for product in load_products(documents)}


def test_every_brand_in_the_texts_is_known(documents: Shelf, products: Products) -> None:
    brands = (
        "Cramp 911",
        "TriggerPoint",
        "compression",
        "Deep Heat",
        "Boots",
        "Graston",
        "ART",
        "Brooks",
        "Cascadia",
        "Saucony",
        "UGG",
    )
    spans = {span for product in products.values() for span in product.spans}
    for document in documents:
        for brand in brands:
            for found in re.finditer(rf"\b{brand}\b", document.text):
                assert any(
                    span.document_id == document.id and span.start <= found.start() < span.end
                    for span in spans
                ), f"{brand} in {document.id}"


def test_the_advert_is_marked_as_one(products: Products) -> None:
    assert products["Cramp 911"].promotional
    assert len(products["Cramp 911"].spans) == 5
    assert not products["UGG boots"].promotional


def test_no_maker_s_address_is_shipped(documents: Shelf, products: Products) -> None:
    for product in products.values():
        assert not re.search(r"\.com|www|http", f"{product.speaker_note} {product.aliases}")


def test_aliases_are_typed_by_readers_and_mean_one_thing(
    products: Products,
) -> None:
    aliases = [alias for product in products.values() for alias in product.aliases]
    assert all(alias == alias.lower() for alias in aliases)
    assert len(aliases) == len(set(aliases))


def test_a_product_without_a_place_is_refused(documents: Shelf, tmp_path: Path) -> None:
    (tmp_path / "products.toml").write_text(
        '[[product]]\nname = "X"\nspeaker_note = "Nobody."\npromotional = false\nquotes = []\n'
    )
    with pytest.raises(InvalidCatalogError, match=r"products\.toml.*quotes"):
        load_products(documents, tmp_path)
